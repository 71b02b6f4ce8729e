"""A small office that lived through July 2025: communes merged and divided, a district and its office ended."""

from conftest import OFFICE, REGISTERS, SmallOffice

from hotich.storage.paths import Folders

LIST = """code,valid_from,valid_to,level,type,name_vi,name_en,parent,successor,note
1,2024-01-01,2025-06-30,province,tỉnh,Tỉnh Thử,Test Province,,,
1-STP,2024-01-01,2025-06-30,office,sở tư pháp,Sở Tư pháp tỉnh Thử,Department of Test Province,1,,
11,2024-01-01,2025-06-30,district,huyện,Huyện Một,One District,1,,
11-PTP,2024-01-01,2025-06-30,office,phòng tư pháp,Phòng Tư pháp huyện Một,Justice Office of One District,11,,
110,2024-01-01,2024-11-30,commune,xã,Xã Xưa,Bygone Commune,11,111,
111,2024-01-01,2024-11-30,commune,xã,Xã An,An Commune,11,111,
111,2024-12-01,2025-06-30,commune,xã,Xã An Xưa,An Xưa Commune,11,111,
112,2024-01-01,2025-06-30,commune,xã,Xã Bình,Bình Commune,11,111,
113,2024-01-01,2025-06-30,commune,xã,Xã Chia,Divided Commune,11,113 114,
114,2024-01-01,2025-06-30,commune,xã,Xã Dung,Dung Commune,11,114,
115,2024-01-01,2025-06-30,commune,xã,Xã Em,Em Commune,11,115,
1,2025-07-01,,province,tỉnh,Tỉnh Mới,New Province,,,
1-STP,2025-07-01,,office,sở tư pháp,Sở Tư pháp tỉnh Mới,Department of New Province,1,,
111,2025-07-01,,commune,xã,Xã An Bình,An Bình Commune,1,,
113,2025-07-01,,commune,xã,Xã Chia Một,Divided One Commune,1,,
114,2025-07-01,,commune,xã,Xã Chia Hai,Divided Two Commune,1,,
115,2025-07-01,,commune,xã,Xã Em,Em Commune,1,,
116,2025-07-01,,commune,xã,Xã Lạ,Strange Commune,1,,
"""
JUNE = {
    "1-STP": (100, 40),
    "11-PTP": (60, 60),
    "111": (200, 100),
    "112": (300, 200),
    "113": (150, 50),
    "114": (250, 250),
    "115": (400, 100),
}
JULY = {"1-STP": (170, 90), "111": (500, 320), "113": (90, 30), "114": (310, 275), "115": (400, 130), "116": (700, 700)}


def reorganised(folder, june=JUNE, july=JULY, listed=LIST, divorces=True):
    """Write the office with its counts of June and July 2025: births, and a tenth of them in certificates.

    Divorces are kept by districts' offices, and so by communes once there are none; or there are no such registers.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    for name, text in (("office.toml", OFFICE), ("areas.csv", listed), ("registers.csv", REGISTERS)):
        (data / name).write_text(text.replace("2024-12-31", "2025-12-31"), encoding="utf-8")
    office = SmallOffice(Folders(data, folder / "reports"))
    if not divorces:
        (data / "registers.csv").write_text(REGISTERS.partition("LH,")[0], encoding="utf-8")
    for month, units in (("2025-06", june), ("2025-07", july)):
        cells = rows(units, districts=month == "2025-06").items()
        office.write(month, {cell: values for cell, values in cells if divorces or cell[1] != "LH"})
    return office


def rows(units, *, districts=True):
    """The cells of units that have required and digitised so many births; without districts all keep divorces."""
    found = {}
    for unit, (required, digitised) in units.items():
        found[unit, "KS"] = (str(required), str(digitised), "")
        found[unit, "XN"] = (str(required // 10), str(digitised // 10), "")
        found[unit, "LH"] = ("", "", "not_applicable") if unit.isdigit() and districts else ("10", "5", "")
    return found
