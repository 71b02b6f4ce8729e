"""JupyterLab as the analyst's desk: its launcher begins with the notebooks; one language; outputs are not saved."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hotich.storage import paths
from hotich.storage.paths import Folders

HERE: Final = Path(__file__).parent
_FONTS: Final = paths.PACKAGE / "page" / "fonts"


def command(more: Sequence[str]) -> list[str]:
    """Return the command that starts JupyterLab on the notebooks; `more` are arguments of Jupyter's own, which prevail.

    What the user has set in Jupyter stays, but for what is set here.
    """
    served = {"static_custom_path": [str(HERE / "custom"), str(_FONTS)]}
    ours = {
        "--LabApp.custom_css": True,
        "--LabServerApp.app_settings_dir": HERE / "settings",
        "--ServerApp.root_dir": paths.NOTEBOOKS,
        "--ServerApp.tornado_settings": json.dumps(served),
        "--ContentsManager.pre_save_hook": "hotich.lab.saving.without_outputs",
        # Jupyter refuses root unless told otherwise; in WSL and containers there may be no other user.
        "--ServerApp.allow_root": os.getuid() == 0,
    }
    given = {word.partition("=")[0] for word in more}
    settings = [f"{name}={value}" for name, value in ours.items() if name not in given]
    return [str(Path(sys.executable).with_name("jupyter")), "lab", *settings, *more]


def environment(folders: Folders) -> dict[str, str]:
    """Return the environment that it runs in: kernels read these folders, Lab finds our extension."""
    share = os.pathsep.join(filter(None, (str(HERE / "share"), os.environ.get("JUPYTER_PATH"))))
    own = {"HOTICH_DATA": str(folders.data), "HOTICH_REPORTS": str(folders.reports), "JUPYTER_PATH": share}
    return {**os.environ, **own}
