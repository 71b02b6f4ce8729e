"""Everything that kernels need, imported once in the process that they are forked from.

Great Expectations is not: what it finds is known before a kernel starts, and a kernel that does need it loads it.
"""

import sys
from typing import Final

from hotich import formats
from hotich.checks import lazy_imports
from hotich.language import LANGUAGES
from hotich.pipeline.kernels import loading

lazy_imports.grammar()
with loading.lasting():
    loading.modules(
        (
            "hotich.views.charts",  # before matplotlib, which it quietens
            "ipykernel.zmqshell",
            "ipykernel.kernelapp",
            "ipykernel.ipkernel",
            "ipykernel.debugger",
            "IPython.core.completerlib",
            "IPython.core.logger",
            "IPython.extensions.storemagic",
            "sqlite3.dbapi2",
            "tornado.platform.asyncio",
            "tornado.queues",
            "hotich.pipeline.kernels.provisioner",
            "matplotlib.backends.backend_svg",
            "hotich.data.dataset",
            "hotich.measures",
            "hotich.jupyter",
            "hotich.views.narrative",
            "hotich.views.notice",
            "hotich.views.quality",
            "hotich.views.tables",
            "hotich.pipeline.prepare_month",
            "hotich.page.write",
            "openpyxl.cell._writer",
            "nbconvert.exporters.templateexporter",
            "nbconvert.filters.markdown_mistune",
            "babel.dates",
            "babel.numbers",
            "IPython.core.completer",
            "pandas.core.computation",
        )
    )
    import nbformat

    nbformat.validate(nbformat.v4.new_notebook())  # the first takes longest: it reads the schema
    for language in LANGUAGES:
        formats.load(language)
READY: Final = not sys.flags.hash_randomization
"""Whether all is loaded, in our environment: should this process end, multiprocessing starts another one in any."""
