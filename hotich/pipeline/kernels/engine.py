"""How papermill runs a notebook here: as its own engine does, but no cell may put out without end."""

from collections import Counter
from typing import Any, Final

from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from hotich.pipeline.kernels import environment

NAME: Final = "hotich"
MOST: Final = 10_000_000
"""Characters that one cell may put out, its charts included; a page of this project has less than a tenth of them."""


class TooMuch(Exception):
    """A cell has put out more than MOST; `cell` is its id."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


class Client(PapermillNotebookClient):  # type: ignore[misc] # papermill is untyped
    """A client that stops listening to a cell that puts out too much."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **named)
        self.too_much = ""
        self._heard: Counter[int] = Counter()

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:  # noqa: ANN401
        """Take a message into the cell's outputs, or end the run when it is one too many."""
        self._heard[cell_index] += len(repr(msg["content"]))
        if self._heard[cell_index] <= MOST:
            return super().process_message(msg, cell, cell_index)
        self.too_much = cell.id
        self.task_poll_for_reply.cancel()  # as nbclient does for a dead kernel: it then ends it and raises
        return None


class Engine(NBClientEngine):  # type: ignore[misc] # papermill is untyped
    """papermill's own engine with our client. Raises TooMuch."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:  # noqa: ANN401
        """Run the notebook in a kernel of that name; `variables` are those of `environment.VARIED`."""
        options.pop("input_path", None)
        variables = options.pop("variables")
        timeout, start = options.pop("execution_timeout"), options.pop("start_timeout")
        client = Client(nb_man, kernel_name=kernel_name, timeout=timeout, startup_timeout=start, **options)
        try:
            return client.execute(env=environment.variables() | dict(variables))
        except DeadKernelError:
            if client.too_much:
                raise TooMuch(client.too_much) from None
            raise


papermill_engines.register(NAME, Engine)
