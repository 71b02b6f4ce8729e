"""A country so small that its figures can be worked out by hand: two provinces with two districts of two communes."""

from pathlib import Path

from conftest import OFFICE, REGISTERS, SmallOffice

from hotich.storage.paths import Folders

PROVINCES = ("15", "17", "19")
AREAS = "code,valid_from,valid_to,level,type,name_vi,name_en,parent,successor,note"


def _areas():
    rows = ["VN,2024-01-01,,country,quốc gia,Cả nước,Viet Nam,,,"]
    for number, province in enumerate(PROVINCES):
        name = "ABC"[number]
        rows.append(f"{province},2024-01-01,,province,tỉnh,Tỉnh {name},{name} Province,VN,,")
        rows.append(
            f"{province}-STP,2024-01-01,,office,sở tư pháp,Sở Tư pháp tỉnh {name},Department {name},{province},,"
        )
        for d in "12":
            district = f"{province}{d}"
            rows.append(f"{district},2024-01-01,,district,huyện,Huyện {name}{d},{name}{d} District,{province},,")
            for c in "12":
                commune = f"{district}{c}"
                rows.append(f"{commune},2024-01-01,,commune,xã,Xã {name}{d}{c},{name}{d}{c} Commune,{district},,")
    return "\n".join([AREAS, *rows]) + "\n"


def cells(more=0):
    """Every unit has a hundred births, half of them digitised at first; offices a few of the others."""
    rows = {}
    for province in PROVINCES:
        units = [f"{province}-STP", *(f"{province}{d}{c}" for d in "12" for c in "12")]
        for place, unit in enumerate(units):
            required = 300 + 10 * place
            rows[unit, "KS"] = (str(required), str(required // 2 + more + place), "")
            rows[unit, "XN"] = ("60", str(20 + more), "")
            rows[unit, "LH"] = ("60", str(20 + more), "") if unit.endswith("STP") else ("", "", "not_applicable")
    return rows


def country(data: Path) -> SmallOffice:
    """The small country in that folder, with September and October 2024."""
    data.mkdir(parents=True)
    office = OFFICE.replace('root = "1"', 'root = "VN"').replace("Sở Tư pháp tỉnh Thử", "Cục Hộ tịch")
    for name, text in (("office.toml", office), ("areas.csv", _areas()), ("registers.csv", REGISTERS)):
        (data / name).write_text(text, encoding="utf-8")
    small = SmallOffice(Folders(data, data.parent / "reports"))
    small.write("2024-09", cells())
    small.write("2024-10", cells(10))
    return small
