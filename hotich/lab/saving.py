"""What JupyterLab saves of a notebook: its cells, without what they put out and without what changes at every run.

A file with outputs would be another notebook for git, for drafts and for releases, which go by its bytes. Outputs stay
on the screen until it is closed.
"""

from typing import Any

from hotich.pipeline.notebook_file import KERNEL


def without_outputs(model: dict[str, Any], **_: object) -> None:
    """Take outputs, counters and traces of a run out of a notebook that is about to be saved."""
    if model["type"] != "notebook" or not model.get("content"):
        return
    notebook = model["content"]
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"] |= {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        for name in ("execution", "trusted", "collapsed", "scrolled", "ExecuteTime"):
            cell["metadata"].pop(name, None)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
