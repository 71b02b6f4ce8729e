"""The letterhead of a provincial Department of Justice, which follows from its province.

A new office begins with it, and a notice to an area deep in a country has it: there the department writes, which the
office whose folder it is only stands above.
"""

from typing import Final

from hotich.data import office
from hotich.data.areas import OF_A_PERSON
from hotich.data.office import Letterhead

SYMBOLS: Final = dict(zip(office.PAPERS, ("TB-STP", "STP-HCTP"), strict=True))
"""The symbol of each kind of paper."""


def of_department(kind: str, name: str, paper: str) -> Letterhead:
    """Return the letterhead of the Department of Justice of a province or city, for papers of a kind.

    Its area is given by the kind and the rest of its name. Number, day and signature of a paper stay blank.
    """
    kind, english = ("tỉnh", "Province") if kind.casefold() == "tỉnh" else ("thành phố", "City")
    return Letterhead(
        superior=f"UBND {kind} {name}".upper(),
        body="SỞ TƯ PHÁP",
        place=f"Thành phố {name}" if name == OF_A_PERSON else name,
        symbol=SYMBOLS[paper],
        signer="GIÁM ĐỐC",
        recipients=("Như trên", f"UBND {kind} (để báo cáo)", "Giám đốc, các Phó Giám đốc Sở", "Lưu: VT, HCTP"),
        recipients_en=(
            "As above",
            f"People’s Committee of the {english} (for report)",
            "Director and Deputy Directors of the Department",
            "Filed: Records, Civil Status",
        ),
    )


def of_ministry(paper: str) -> Letterhead:
    """Return the letterhead of the Ministry of Justice, which has no superior above it on a paper."""
    return Letterhead(
        superior="",
        body="BỘ TƯ PHÁP",
        place="Hà Nội",
        symbol=dict(zip(office.PAPERS, ("TB-BTP", "BTP-HTQTCT"), strict=True))[paper],
        signer="BỘ TRƯỞNG",
        recipients=("Như trên", "Bộ trưởng, các Thứ trưởng (để báo cáo)", "Lưu: VT, HTQTCT"),
        recipients_en=("As above", "Minister and Deputy Ministers (for report)", "Filed: Records, Civil Status"),
    )
