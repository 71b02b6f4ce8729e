"""What offices send and what becomes of it: one line of story, the file, and every problem named, with its cell.

`reads` is what must have been read: `LONG_COUNTS` unless told otherwise; a refused file reads nothing.
Problems are written `key cell`, those that are only reported begin with `~`.
"""

import datetime
import re
from dataclasses import dataclass

from corpus.makers import calculated, changed, ods, old, rewritten, table, xlsx

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
AN, PA, NHI = "04612", "04591", "04609"
LONG = [
    ["Đơn vị", "Loại sổ", "Cần số hóa", "Đã số hóa"],
    ["Xã Bản Công", "Khai sinh", 1200, 900],
    ["Xã Bản Công", "Kết hôn", 300, 300],
    ["Xã Pá Lau", "Khai sinh", 2500, 1100],
    ["Xã Pá Lau", "Kết hôn", 40, 0],
]
LONG_COUNTS = {(AN, "KS"): (1200, 900), (AN, "KH"): (300, 300), (PA, "KS"): (2500, 1100), (PA, "KH"): (40, 0)}
WIDE = [
    ["STT", "Đơn vị", "Khai sinh", None, "Kết hôn", None, "Tổng cộng", None],
    [None, None, *["Cần số hóa", "Đã số hóa"] * 3],
    [1, "Xã Bản Công", 1200, 900, 300, 300, 1500, 1200],
    [2, "Xã Pá Lau", 2500, 1100, 40, 0, 2540, 1100],
    [None, "Cộng", 3700, 2000, 340, 300, 4040, 2300],
]
HEADS = ("C1:D1", "E1:F1", "G1:H1", "A1:A2", "B1:B2")
TURNED = [
    ["Loại sổ", "Xã Bản Công", None, "Xã Pá Lau", None, "Toàn huyện", None],
    [None, *["Cần số hóa", "Đã số hóa"] * 3],
    ["Khai sinh", 1200, 900, 2500, 1100, 3700, 2000],
    ["Kết hôn", 300, 300, 40, 0, 340, 300],
    ["Tổng cộng", 1500, 1200, 2540, 1100, 4040, 2300],
]
ONE = [["Loại sổ", "Cần số hóa", "Đã số hóa"], ["Khai sinh", 1200, 900], ["Kết hôn", 300, 300]]
ONE_COUNTS = {(AN, "KS"): (1200, 900), (AN, "KH"): (300, 300)}
TWO = [*ONE[:1], *[["Khai sinh", 2500, 1100], ["Kết hôn", 40, 0]]]
SUMMARY = [
    ["Đơn vị", "Khai sinh", None, "Kết hôn", None],
    [None, *["Cần số hóa", "Đã số hóa"] * 2],
    ["Huyện Trạm Tấu", 3700, 2000, 340, 300],
    ["Cộng", 3700, 2000, 340, 300],
]
BLOCKS = [
    ["Đơn vị", "Loại sổ", "Cần số hóa", "Đã số hóa"],
    *LONG[1:3],
    ["Cộng", None, 1500, 1200],
    *LONG[3:],
    ["Cộng", None, 2540, 1100],
    ["Tổng cộng", None, 4040, 2300],
]
SECTIONS = [
    LONG[0],
    ["Huyện Trạm Tấu"],
    *LONG[1:],
    ["Cộng", None, 4040, 2300],
    ["Huyện Văn Chấn"],
    ["Xã Tân Thịnh", "Khai sinh", 70, 7],
    ["Cộng", None, 70, 7],
]
TITLED = [["BÁO CÁO SỐ HÓA, HUYỆN TRẠM TẤU"], ["Tháng 10 năm 2024"], []]
TEXTS = [[str(cell) for cell in row] for row in LONG]


@dataclass(frozen=True)
class Story:
    """One file and what must come of it."""

    text: str
    content: bytes
    problems: str = ""
    file: str = "a.xlsx"
    reads: dict | None = None

    @property
    def expected(self):
        """Problems as a list, in any order."""
        return sorted(each.strip() for each in self.problems.split(",") if each.strip())


def read(text, content, told="", file="a.xlsx", reads=None):
    """A file that is read, perhaps with something to tell."""
    return Story(text, content, told, file, LONG_COUNTS if reads is None else reads)


def moved(rows, grid):
    """The grid below other rows."""
    return [*rows, *grid]


def dropped(grid, row):
    """The grid without a row, counted from 1."""
    return [cells for number, cells in enumerate(grid, 1) if number != row]


def grouped(title, merged=("C1:D1", "A1:A2", "B1:B2")):
    """The long table with a title over its pair of counts."""
    return xlsx([["Đơn vị", "Loại sổ", title, None], [None, None, *LONG[0][2:]], *LONG[1:]], merged=merged)


def failed(cell, shown):
    """The long table in which the formula of a cell has failed."""
    there = re.compile(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    content = f'<c r="{cell}" t="e"><v>{shown}</v></c>'
    return rewritten(xlsx(LONG), "xl/worksheets/sheet1.xml", lambda part: there.sub(content, part))


def sheet_part(change):
    """The long table with the XML of its sheet changed."""
    return rewritten(xlsx(LONG), "xl/worksheets/sheet1.xml", change)


def prefixed(part):
    """XML in which every name has a prefix, as some programs write it."""
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", part).replace(" xmlns=", " xmlns:x=")


def repeated(times):
    """The long table in OpenDocument, whose last row is said to stand there so many times."""
    return rewritten(
        ods(LONG),
        "content.xml",
        lambda part: ("<table:table-row" + f' table:number-rows-repeated="{times}"').join(
            part.rsplit("<table:table-row", 1)
        ),
    )


GROUPS = (
    *(
        Story(f"“{title}” over the pair of counts", grouped(title), "heading.unknown C1, heading.unknown D1")
        for title in (
            "Tháng 9 năm 2024",
            "Phát sinh trong tháng",
            "Ước thực hiện năm 2025",
            "Đơn vị tính: nghìn sổ",
            "Kế hoạch",
            "Tháng 10, nghìn sổ",
            "Quý IV",
            "Tăng so với tháng trước",
        )
    ),
    *(
        Story(f"“{title}” over the pair, nothing merged", grouped(title, ()), "heading.unknown C1, heading.lonely D2")
        for title in ("Phát sinh trong tháng",)
    ),
    *(
        read(f"“{title}” over the pair of counts", grouped(title))
        for title in ("Tháng 10 năm 2024", "Lũy kế đến 22/10/2024", "Trong đó", "Chia ra")
    ),
)
ERRORS = tuple(
    Story(f"{shown} in {cell}", failed(cell, shown), f"count.error {cell}")
    for cell, shown in (
        ("A2", "#N/A"),
        ("B3", "#REF!"),
        ("C2", "#VALUE!"),
        ("D4", "#DIV/0!"),
        ("C2", "#GETTING_DATA"),
        ("A3", "#SPILL!"),
        ("D2", "#CALC!"),
        ("B2", "#NAME?"),
        ("C4", "#FIELD!"),
        ("D5", "#BLOCKED!"),
        ("D3", "#UNKNOWN!"),
        ("C3", "#NULL!"),
    )
)
LAYOUTS = (
    read("one row for each unit and register", xlsx(LONG)),
    read("the same in OpenDocument", ods(LONG), file="a.ods"),
    read("the same as CSV", table(LONG), file="a.csv"),
    read("registers as columns, two rows of headings, totals on both sides", xlsx(WIDE, merged=HEADS)),
    read("registers as columns, in OpenDocument", ods(WIDE, merged=HEADS), file="a.ods"),
    read(
        "measures above registers",
        xlsx(
            [
                ["Đơn vị", "Cần số hóa", None, "Đã số hóa", None],
                [None, "Khai sinh", "Kết hôn", "Khai sinh", "Kết hôn"],
                ["Xã Bản Công", 1200, 300, 900, 300],
                ["Xã Pá Lau", 2500, 40, 1100, 0],
            ],
            merged=("B1:C1", "D1:E1", "A1:A2"),
        ),
    ),
    read(
        "register and measure in one heading",
        xlsx(
            [
                [
                    "Đơn vị",
                    "Khai sinh - cần số hóa",
                    "Khai sinh - đã số hóa",
                    "Kết hôn: Cần số hóa",
                    "Kết hôn: Đã số hóa",
                ],
                ["Xã Bản Công", 1200, 900, 300, 300],
                ["Xã Pá Lau", 2500, 1100, 40, 0],
            ]
        ),
    ),
    read("registers as rows and units as columns", xlsx(TURNED, merged=("B1:C1", "D1:E1", "F1:G1", "A1:A2"))),
    read(
        "headings only after a letterhead and a title",
        xlsx(moved([["PHÒNG TƯ PHÁP HUYỆN TRẠM TẤU", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], *TITLED], LONG)),
    ),
    read(
        "the official row of column numbers",
        xlsx(
            moved(WIDE[:2], [["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(3)+(5)", "(8)"], *WIDE[2:]]), merged=HEADS
        ),
    ),
    read(
        "notes and a signature below",
        xlsx(
            moved(
                LONG,
                [
                    [],
                    ["Ghi chú: số liệu lũy kế"],
                    [None, None, "Trạm Tấu, ngày 23 tháng 10 năm 2024"],
                    [None, None, "TRƯỞNG PHÒNG"],
                ],
            )
        ),
    ),
    read("a sheet for each unit", xlsx(ONE, TWO, names=("Xã Bản Công", "Xã Pá Lau"))),
    read("a unit's name above its own table", xlsx(moved([["Xã Bản Công"]], ONE)), reads=ONE_COUNTS),
    read("two units' tables below each other", xlsx([["Xã Bản Công"], *ONE, [], ["Xã Pá Lau"], *TWO])),
    read("units as headings of sections", xlsx([ONE[0], ["Xã Bản Công"], *ONE[1:], ["Xã Pá Lau"], *TWO[1:]])),
    read(
        "a sheet for each register",
        xlsx(
            [["Đơn vị", "Cần số hóa", "Đã số hóa"], ["Xã Bản Công", 1200, 900], ["Xã Pá Lau", 2500, 1100]],
            [["Đơn vị", "Cần số hóa", "Đã số hóa"], ["Xã Bản Công", 300, 300], ["Xã Pá Lau", 40, 0]],
            names=("Khai sinh", "Kết hôn"),
        ),
    ),
    read(
        "codes beside names, one with its zero lost",
        xlsx([["Mã", *LONG[0]], ["04612", *LONG[1]], ["04612", *LONG[2]], [4591, *LONG[3]], ["04591", *LONG[4]]]),
    ),
    read(
        "codes alone",
        xlsx(
            [
                ["Mã đơn vị", "Mã sổ", "Cần số hóa", "Đã số hóa"],
                ["04612", "KS", 1200, 900],
                ["04612", "KH", 300, 300],
                ["04591", "KS", 2500, 1100],
                ["04591", "KH", 40, 0],
            ]
        ),
    ),
    read(
        "codes alone, zeros lost",
        xlsx(
            [
                ["Mã đơn vị", "Mã sổ", "Cần số hóa", "Đã số hóa"],
                [4612, "KS", 1200, 900],
                ["4612", "KH", 300, 300],
                [4591, "KS", 2500, 1100],
                [4591, "KH", 40, 0],
            ]
        ),
        "~area.zeros A2, ~area.zeros A3, ~area.zeros A4, ~area.zeros A5",
    ),
    read(
        "our own kind of counts file",
        table(
            [
                ["area", "register", "required", "digitised", "status"],
                ["04612", "KS", 1200, 900, ""],
                ["04612", "KH", 300, 300, ""],
                ["04591", "KS", 2500, 1100, ""],
                ["04591", "KH", 40, 0, ""],
                ["04609", "KS", "", "", "not_reported"],
                ["04609", "LH", "", "", "not_applicable"],
            ]
        ),
        file="a.csv",
        reads=LONG_COUNTS | {(NHI, "KS"): (None, None)},
    ),
    read(
        "a unit left empty has not reported",
        xlsx(moved(LONG, [["Xã Làng Nhì", "Khai sinh"]])),
        reads=LONG_COUNTS | {(NHI, "KS"): (None, None)},
    ),
    read(
        "columns that hold no counts",
        xlsx(
            [["TT", *LONG[0], "Tỷ lệ (%)", "Ghi chú"], *[[n, *row, 12.5, "xong"] for n, row in enumerate(LONG[1:], 1)]]
        ),
    ),
    read("difficulties from the list", xlsx([[*LONG[0], "Khó khăn"], [*LONG[1], "Sổ cũ, chữ mờ; storm"], *LONG[2:]])),
)

MARKS = (
    read(
        "a unit's name merged over its rows",
        xlsx(changed(LONG, A3=None, A5=None), merged=("A2:A3", "A4:A5")),
        "~merged.filled A2",
    ),
    read(
        "merged names, in OpenDocument",
        ods(changed(LONG, A3=None, A5=None), merged=("A2:A3", "A4:A5")),
        "~merged.filled A2",
        "a.ods",
    ),
    Story("a unit's name on its first row only, not merged", xlsx(changed(LONG, A3=None)), "row.nameless A3"),
    Story(
        "a count merged over two rows",
        xlsx(changed(LONG, C3=None), merged=("C2:C3",)),
        "count.merged C2, count.half C3",
    ),
    read("a hidden row counts and is reported", xlsx(LONG, hidden_rows=(3,)), "~hidden.rows A3"),
    read("a hidden row, in OpenDocument", ods(LONG, hidden_rows=(3,)), "~hidden.rows A3", "a.ods"),
    read("a hidden column counts and is reported", xlsx(LONG, hidden_columns=("D",)), "~hidden.columns D1"),
    read(
        "a hidden sheet counts and is reported",
        xlsx(LONG[:3], [LONG[0], *LONG[3:]], names=("1", "2"), hidden_sheets=("2",)),
        "~hidden.sheet",
    ),
    Story(
        "a hidden sheet with last month's counts",
        xlsx(LONG, changed(LONG, D2=800), names=("1", "2"), hidden_sheets=("2",)),
        "~hidden.sheet, twice.apart D2, ~twice.same C3, ~twice.same C4, ~twice.same C5",
    ),
    read("a sheet of words alone", xlsx(LONG, [["Hướng dẫn"], ["Điền vào ô vàng"]], names=("1", "2")), "~table.words"),
    Story("a formula that nobody calculated", xlsx(changed(LONG, C2="=600*2")), "count.uncalculated C2"),
    read(
        "a formula with its value stored", calculated(xlsx(changed(LONG, C2="=600*2")), C2="1200"), "~formula.read C2"
    ),
    read("a stored formula, in OpenDocument", ods(LONG, formulas=("C2",)), "~formula.read C2", "a.ods"),
    Story(
        "a formula with an error",
        rewritten(
            xlsx(changed(LONG, C2="=1/0")),
            "xl/worksheets/sheet1.xml",
            lambda part: (
                part.replace('<c r="C2">', '<c r="C2" t="e">')
                .replace("<v></v>", "<v>#DIV/0!</v>")
                .replace("<v />", "<v>#DIV/0!</v>")
            ),
        ),
        "count.error C2",
    ),
    Story(
        "a total that nobody calculated", xlsx(changed(WIDE, C5="=SUM(C3:C4)"), merged=HEADS), "count.uncalculated C5"
    ),
)

NUMBERS = (
    read("a whole number stored as 1200.0", xlsx(changed(LONG, C2=1200.0))),
    read("numbers as text with Vietnamese thousands", xlsx(changed(LONG, C2="1.200", C4="2.500", D4="1.100"))),
    read("numbers as text with English thousands", xlsx(changed(LONG, C2="1,200", C4="2,500", D4="1,100"))),
    read("numbers as text with narrow spaces", xlsx(changed(LONG, C2="1\u202f200", C4="2\xa0500", D4=" 1 100 "))),
    Story("two manners of thousands", xlsx(changed(LONG, C2="1.200", C4="2,500")), "count.style C4"),
    Story("thousands with and without a mark", table(changed(TEXTS, C2="1.200")), "count.style C4", "a.csv"),
    Story("519.573 typed where a dot is a decimal mark", xlsx(changed(LONG, C2=1.2)), "count.fraction C2"),
    Story("a decimal comma", xlsx(changed(LONG, C2="3,5")), "count.fraction_text C2"),
    Story("wrong groups", xlsx(changed(LONG, C2="12.00.0")), "count.text C2"),
    Story("a power of ten", xlsx(changed(LONG, C2="1e5")), "count.text C2"),
    Story("wide digits", xlsx(changed(LONG, C2="１２")), "count.text C2"),
    Story("a programmer's number", xlsx(changed(LONG, C2="1_000", C3="0x10")), "count.text C2, count.text C3"),
    Story("a dash for nothing", xlsx(changed(LONG, D5="-")), "count.text D5"),
    Story("a word", xlsx(changed(LONG, D5="không")), "count.text D5"),
    Story("infinity", xlsx(changed(LONG, C2="Infinity")), "count.text C2"),
    Story("below zero", xlsx(changed(LONG, D2=-5, D3="-5")), "count.negative D2, count.negative D3"),
    Story(
        "a percentage as text and as a format",
        xlsx(changed(LONG, D2="75%", D3=1), formats=(("D3", "0%"),)),
        "count.percent D2, count.percent D3",
    ),
    Story("a date", xlsx(changed(LONG, C2=datetime.date(2024, 10, 22))), "count.date C2"),
    Story("a truth value", xlsx(changed(LONG, C2=True)), "count.boolean C2"),
    Story("a code in the column of counts", xlsx(changed(LONG, C2="04612")), "count.zeros C2"),
    Story("ten digits", xlsx(changed(LONG, C2=1234567890)), "count.large C2"),
    Story(
        "text that looks like a formula",
        table(changed(TEXTS, C2="=cmd|' /C calc'!A0")),
        "count.formula_text C2",
        "a.csv",
    ),
    Story("more digitised than required", xlsx(changed(LONG, D2=1201)), "count.over D2"),
    Story("one of a pair left empty", xlsx(changed(LONG, D2=None, C5=None)), "count.half D2, count.half C5"),
    Story(
        "a register that communes do not keep",
        xlsx(moved(LONG, [["Xã Bản Công", "Ghi chú ly hôn", 0, 0]])),
        "count.not_kept C6",
    ),
    Story(
        "not reported, but with counts",
        table([[*TEXTS[0], "Tình trạng"], [*TEXTS[1], "chưa báo cáo"], *[[*r, ""] for r in TEXTS[2:]]]),
        "count.status E2",
        "a.csv",
    ),
)

TOTALS = (
    Story(
        "one digit of a count is wrong: both totals name the cell",
        xlsx(changed(WIDE, D4=1101), merged=HEADS),
        "total.suspect D4",
    ),
    Story("one digit of a total is wrong", xlsx(changed(WIDE, C5=3701), merged=HEADS), "total.differs C5"),
    Story(
        "the same where units are columns",
        xlsx(changed(TURNED, B3=1201), merged=("B1:C1", "D1:E1", "F1:G1", "A1:A2")),
        "total.suspect B3",
    ),
    read(
        "a total whose label begins in the column of numbers",
        xlsx([*WIDE[:4], ["Tổng cộng", None, *WIDE[4][2:]]], merged=(*HEADS, "A5:B5")),
    ),
    Story(
        "the same, and it is wrong",
        xlsx([*WIDE[:4], ["Tổng cộng", None, 3701, *WIDE[4][3:]]], merged=(*HEADS, "A5:B5")),
        "total.differs C5",
    ),
    read(
        "a total between the communes and the office",
        xlsx(
            [
                ["Đơn vị", "Loại sổ", "Cần số hóa", "Đã số hóa"],
                *LONG[1:],
                ["Cộng các xã", None, 4040, 2300],
                ["Phòng Tư pháp huyện Trạm Tấu", "Khai sinh", 60, 60],
            ]
        ),
        reads=LONG_COUNTS | {("139-PTP", "KS"): (60, 60)},
    ),
    Story(
        "a name that is wrong: totals that need its row say nothing",
        xlsx(changed(WIDE, B3="Xã Bản Cong"), merged=HEADS),
        "area.unknown B3",
    ),
    Story(
        "a count that is no number: totals that need it say nothing",
        xlsx(changed(WIDE, C3="12oo", E5=341), merged=HEADS),
        "count.text C3, total.differs E5",
    ),
    read("words between the rows that the list ignores", xlsx([*LONG[:1], ["Trong đó:"], *LONG[1:]])),
    Story("other words between the rows", xlsx([*LONG[:1], ["Các xã vùng cao"], *LONG[1:]]), "area.unknown A2"),
    read("totals of blocks and one of all at the end", xlsx(BLOCKS)),
    Story("the first block's total is wrong", xlsx(changed(BLOCKS, C4=1501)), "total.differs C4"),
    Story("the second block's total is wrong", xlsx(changed(BLOCKS, C7=2541)), "total.differs C7"),
    Story("the total of all is wrong", xlsx(changed(BLOCKS, C8=4041)), "total.differs C8"),
    Story("a count in a block is wrong", xlsx(changed(BLOCKS, D5=1101)), "total.differs D7, total.differs D8"),
    read("a total in each district's section", xlsx(SECTIONS), reads=LONG_COUNTS | {("04696", "KS"): (70, 7)}),
    Story("a section's total is wrong", xlsx(changed(SECTIONS, C10=71)), "total.differs C10"),
    read(
        "sections without totals and one of all at the end",
        xlsx([*SECTIONS[:6], *SECTIONS[7:9], ["Cộng", None, 4110, 2307]]),
        reads=LONG_COUNTS | {("04696", "KS"): (70, 7)},
    ),
    read("a total of all above the rows", xlsx([LONG[0], ["Tổng cộng", None, 4040, 2300], *LONG[1:]])),
    Story(
        "a total above the rows is wrong",
        xlsx([LONG[0], ["Tổng cộng", None, 4041, 2300], *LONG[1:]]),
        "total.differs C2",
    ),
    Story("a total below one column", xlsx(moved(LONG, [["Tổng cộng", None, 4041, 2300]])), "total.differs C6"),
    read("a total below one column that is right", xlsx(moved(LONG, [["Tổng cộng", None, 4040, 2300]]))),
    read(
        "each unit's total in its own row",
        xlsx([*LONG[:3], ["Xã Bản Công", "Tổng cộng", 1500, 1200], *LONG[3:], ["Xã Pá Lau", "Tổng cộng", 2540, 1100]]),
    ),
    Story(
        "one of them is wrong",
        xlsx([*LONG[:3], ["Xã Bản Công", "Tổng cộng", 1500, 1299], *LONG[3:], ["Xã Pá Lau", "Tổng cộng", 2540, 1100]]),
        "total.differs D4",
    ),
    read(
        "districts' totals above their communes and the province's at the end",
        xlsx(
            [
                WIDE[0][1:6],
                WIDE[1][1:6],
                ["Huyện Trạm Tấu", 1200, 900, 300, 300],
                ["Xã Bản Công", 1200, 900, 300, 300],
                ["Huyện Yên Bình", 2500, 1100, 40, 0],
                ["Xã Yên Bình", 2500, 1100, 40, 0],
                ["Tổng cộng toàn tỉnh", 3700, 2000, 340, 300],
            ],
            merged=("B1:C1", "D1:E1", "A1:A2"),
        ),
        reads={
            (AN, "KS"): (1200, 900),
            (AN, "KH"): (300, 300),
            ("04774", "KS"): (2500, 1100),
            ("04774", "KH"): (40, 0),
        },
    ),
    read(
        "a summary of districts on a sheet of its own",
        xlsx(SUMMARY, LONG, merged=("B1:C1", "D1:E1"), names=("Tổng hợp", "Trạm Tấu")),
    ),
    Story(
        "a summary that says something else",
        xlsx(changed(SUMMARY, B3=3701), LONG, merged=("B1:C1", "D1:E1"), names=("Tổng hợp", "Trạm Tấu")),
        "total.apart B3",
    ),
    Story(
        "totals of districts alone",
        xlsx(SUMMARY, merged=("B1:C1", "D1:E1")),
        "total.nothing B3, total.nothing C3, total.nothing D3, total.nothing E3, "
        "total.nothing B4, total.nothing C4, total.nothing D4, total.nothing E4",
    ),
    read(
        "groups of registers named above them",
        xlsx(
            [
                ["Đơn vị", "CSDL dân cư", None, None, None],
                [None, "Khai sinh", None, "Kết hôn", None],
                [None, *["Cần số hóa", "Đã số hóa"] * 2],
                ["Xã Bản Công", 1200, 900, 300, 300],
                ["Xã Pá Lau", 2500, 1100, 40, 0],
            ],
            merged=("A1:A3", "B1:E1", "B2:C2", "D2:E2"),
        ),
    ),
    read(
        "a group's total beside its registers",
        xlsx(
            [
                [*row, *more]
                for row, more in zip(
                    WIDE,
                    (
                        ["Nhóm CSDL quốc gia về dân cư", None],
                        ["Cần số hóa", "Đã số hóa"],
                        [1500, 1200],
                        [2540, 1100],
                        [4040, 2300],
                    ),
                    strict=True,
                )
            ],
            merged=(*HEADS, "I1:J1"),
        ),
    ),
    Story(
        "a group's total whose registers are missing",
        xlsx(
            [
                [*row, *more]
                for row, more in zip(
                    WIDE[:4],
                    (["Nhóm CSDL hộ tịch điện tử", None], ["Cần số hóa", "Đã số hóa"], [15, 12], [25, 11]),
                    strict=True,
                )
            ],
            merged=(*HEADS, "I1:J1"),
        ),
        "total.nothing I3, total.nothing I4, total.nothing J3, total.nothing J4",
    ),
    Story(
        "a district's total is wrong",
        xlsx([LONG[0], ["Huyện Trạm Tấu", "Khai sinh", 3701, 2000], *LONG[1:]]),
        "total.differs C2",
    ),
)

NAMES = (
    read("names in decomposed letters", xlsx(changed(LONG, A2="Xa\u0303 Ba\u0309n C\u006f\u0302ng"))),
    read(
        "names in capitals, with odd spaces and invisible marks",
        xlsx(changed(LONG, A2="XÃ BẢN CÔNG", A3="\u200bXã\xa0Bản  Công ", A4="\u202bXã Pá Lau\u202c")),
    ),
    read("headings with the tone on the other letter", xlsx(changed(LONG, C1="Cần số hoá", D1="ĐÃ SỐ HOÁ:"))),
    read("kinds of unit shortened or left out", xlsx(changed(LONG, A2="X. Bản Công", A3="Bản Công", A4="x Pá Lau"))),
    Story(
        "a slip in a name", xlsx(changed(LONG, A2="Xã Bản Cong", A3="Xã Bản Cong")), "area.unknown A2, area.unknown A3"
    ),
    Story("a slip in a register", xlsx(changed(LONG, B3="Kết hôm")), "register.unknown B3"),
    Story("a slip in a heading", xlsx(changed(LONG, C1="Cần sô hóa")), "heading.unknown C1, heading.lonely D1"),
    Story(
        "a unit that is not in the list", xlsx(moved(LONG, [["Xã Không Có", "Khai sinh", 10, 5]])), "area.unknown A6"
    ),
    Story(
        "a unit that comes only later", xlsx(moved(LONG, [["Xã Thành Thịnh", "Khai sinh", 10, 5]])), "area.not_yet A6"
    ),
    Story("a name that two communes have", xlsx(changed(LONG, A2="Xã Tân Thịnh")), "area.ambiguous A2"),
    read(
        "the same with its district in the title",
        xlsx(moved([["UBND HUYỆN VĂN CHẤN"]], [LONG[0], ["Xã Tân Thịnh", *LONG[1][1:]]])),
        reads={("04696", "KS"): (1200, 900)},
    ),
    read(
        "the same in a column of districts",
        xlsx([["Huyện", *LONG[0]], ["TP Yên Bái", "Xã Tân Thịnh", *LONG[1][1:]]]),
        reads={("04279", "KS"): (1200, 900)},
    ),
    read(
        "under the letterhead of its district's office",
        xlsx(moved([["PHÒNG TƯ PHÁP HUYỆN VĂN CHẤN"], []], [LONG[0], ["Xã Tân Thịnh", *LONG[1][1:]]])),
        reads={("04696", "KS"): (1200, 900)},
    ),
    read(
        "units as columns under the letterhead of their district's office",
        xlsx(moved([["PHÒNG TƯ PHÁP HUYỆN TRẠM TẤU"], []], TURNED), merged=("B3:C3", "D3:E3", "F3:G3", "A3:A4")),
    ),
    read(
        "an office's own table",
        xlsx(moved([["PHÒNG TƯ PHÁP HUYỆN TRẠM TẤU"], []], ONE)),
        reads={("139-PTP", "KS"): (1200, 900), ("139-PTP", "KH"): (300, 300)},
    ),
    read(
        "the same on its district's sheet",
        xlsx([LONG[0], ["Xã Tân Thịnh", *LONG[1][1:]]], names=("Văn Chấn",)),
        reads={("04696", "KS"): (1200, 900)},
    ),
    read(
        "the same in its district's section",
        xlsx([LONG[0], ["Huyện Văn Chấn"], ["Xã Tân Thịnh", *LONG[1][1:]]]),
        reads={("04696", "KS"): (1200, 900)},
    ),
    Story("Trạm Tấu is district, township and commune", xlsx(changed(LONG, A2="Trạm Tấu")), "area.ambiguous A2"),
    read(
        "a district's Justice Office, named in full",
        xlsx(changed(LONG[:2], A2="Phòng Tư pháp huyện Trạm Tấu")),
        reads={("139-PTP", "KS"): (1200, 900)},
    ),
    Story("Phòng Tư pháp alone may be anyone's", xlsx(changed(LONG, A2="Phòng Tư pháp")), "area.ambiguous A2"),
    Story(
        "a commune on another district's sheet",
        xlsx(LONG, names=("Văn Chấn",)),
        "area.elsewhere A2, area.elsewhere A3, area.elsewhere A4, area.elsewhere A5",
    ),
    Story("a code that is not the name's", xlsx([["Mã", *LONG[0]], ["04615", *LONG[1]]]), "area.code_differs A2"),
    Story("another month in the title", xlsx(moved([["Báo cáo tháng 9/2024"]], LONG)), "month.other A1"),
    read("a title that compares two months", xlsx(moved([["Báo cáo tháng 10/2024 so với tháng 9/2024"]], LONG))),
    Story("a script for a name", xlsx(changed(LONG, A2="<script>alert(1)</script>")), "area.unknown A2"),
    Story(
        "names in TCVN3",
        xlsx([[old(c, "tcvn3") if isinstance(c, str) else c for c in row] for row in LONG]),
        "text.tcvn3 A1",
    ),
    Story(
        "names in VNI", xlsx([[old(c, "vni") if isinstance(c, str) else c for c in row] for row in LONG]), "text.vni A1"
    ),
    Story(
        "garbled names",
        xlsx([[c.encode().decode("cp1252", "replace") if isinstance(c, str) else c for c in r] for r in LONG]),
        "text.mojibake B1",
    ),
    Story("identical rows twice", xlsx(moved(LONG, [LONG[1]])), "~twice.same C6"),
    Story("two rows that contradict each other", xlsx(moved(LONG, [changed(LONG, D2=901)[1]])), "twice.apart D6"),
    Story("a heading twice", xlsx([[*LONG[0], "Đã số hóa"], *[[*row, 1] for row in LONG[1:]]]), "heading.twice E1"),
    Story("counts of one kind only", xlsx([row[:3] for row in LONG]), "heading.lonely C1"),
    Story("merged headings that came apart", table(WIDE), "heading.bare D2, heading.bare F2, heading.bare H2", "a.csv"),
    Story(
        "registers in a column and above columns",
        xlsx(
            [["Đơn vị", "Loại sổ", "Khai sinh", None], [None, None, "Cần số hóa", "Đã số hóa"], *LONG[1:]],
            merged=("A1:A2", "B1:B2", "C1:D1"),
        ),
        "heading.both B1",
    ),
    Story("headings sorted down into the table", xlsx([LONG[1], LONG[0], *LONG[2:]]), "table.stray C1, table.stray D1"),
    Story("a figure far below the table", xlsx(changed(LONG, G9=5)), "table.stray G9"),
    Story("counts above the first unit's name", xlsx([ONE[0], ONE[1], ["Xã Bản Công"], ONE[2]]), "heading.no_area A2"),
    Story(
        "a code and a count of five thousand digits",
        table(changed(TEXTS, A2="9" * 5000, C3="9" * 5000)),
        "area.unknown A2, count.large C3",
        "a.csv",
    ),
    Story("a column without a heading", xlsx(changed(LONG, E3="?")), "heading.none E3"),
    Story("no column for units", xlsx([row[1:] for row in LONG]), "heading.no_area A1"),
    Story("no headings at all", xlsx(LONG[1:]), "table.no_headings C1"),
    Story("headings and nothing below", xlsx(LONG[:1]), "table.no_rows A1"),
    Story(
        "an unknown kind of difficulty",
        xlsx([[*LONG[0], "Khó khăn"], [*LONG[1], "Mất điện"], *LONG[2:]]),
        "difficulty.unknown E2",
    ),
)

FILES = (
    Story("cut off", xlsx(LONG)[:-200], "file.damaged"),
    Story("cut off by one byte", xlsx(LONG)[:-1], "file.damaged"),
    Story("empty", b"", "file.empty"),
    Story("a web page named .xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "file.is_html"),
    Story("a CSV file named .xlsx", table(LONG), "file.is_csv"),
    Story("a workbook named .csv", xlsx(LONG), "file.misnamed", "a.csv"),
    Story("a PDF named .xlsx", b"%PDF-1.7 ...", "file.is_pdf"),
    Story("an old .xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "file.old_kind", "a.xls"),
    Story(
        "with a password",
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "file.password",
    ),
    Story("a Word file", b"PK\x03\x04 ...", "file.kind", "a.docx"),
    Story(
        "an entity bomb",
        rewritten(xlsx(LONG), "xl/workbook.xml", lambda part: '<!DOCTYPE a [<!ENTITY b "c">]>' + part),
        "file.entities",
    ),
    Story(
        "a cell in the last row of the sheet",
        rewritten(
            xlsx(LONG),
            "xl/worksheets/sheet1.xml",
            lambda part: part.replace(
                "</sheetData>", '<row r="1048576"><c r="D1048576"><v>1</v></c></row></sheetData>'
            ),
        ),
        "file.far D1048576",
    ),
    read("XML whose names have a prefix", sheet_part(prefixed)),
    read("XML in the strict form", sheet_part(lambda part: part.replace(TRANSITIONAL, STRICT))),
    read("a sheet that says that it is smaller", sheet_part(lambda part: part.replace("A1:D5", "A1:B2"))),
    read("a sheet that says that it is larger", sheet_part(lambda part: part.replace("A1:D5", "A1:XFD1048576"))),
    Story("a row that is repeated a billion times", repeated(10**9), "file.far A1000000004", "a.ods"),
    Story("a row that is repeated less than never", repeated(-(10**9)), "file.damaged", "a.ods"),
    Story(
        "elements within elements without end",
        sheet_part(lambda part: part.replace("<sheetData>", "<x>" * 50_000 + "<sheetData>")),
        "file.damaged",
    ),
    Story(
        "an XML part that breaks off",
        rewritten(xlsx(LONG), "xl/worksheets/sheet1.xml", lambda part: part[:-30]),
        "file.damaged",
    ),
)

CSVS = (
    read("separated by semicolons", table(LONG, ";"), file="a.csv"),
    read("separated by tabs", table(LONG, "\t"), file="a.csv"),
    read("UTF-8 with its mark", table(LONG, encoding="utf-8-sig"), file="a.csv"),
    read("UTF-16", table(LONG, "\t", "utf-16"), file="a.csv"),
    read("UTF-16 without its mark", table(LONG, "\t", "utf-16-le"), file="a.csv"),
    read("windows-1258", table(LONG, encoding="cp1258"), "~text.cp1258", "a.csv"),
    Story("CSV in TCVN3", table(LONG, encoding="tcvn3"), "text.tcvn3", "a.csv"),
    Story("CSV in VNI", table(LONG, encoding="vni"), "text.vni", "a.csv"),
    Story("no known encoding", table(changed(LONG, A2="?")).replace(b"?", b"\xff\xfe\xfd"), "text.encoding", "a.csv"),
    Story("a long first row", table(LONG).replace(b"300,300", b"300,300,"), "text.ragged A3", "a.csv"),
    Story("a short row", table(LONG).replace(b"300,300", b"300"), "text.ragged A3", "a.csv"),
    Story(
        "headings longer than every row",
        table(LONG).replace("Đã số hóa".encode(), "Đã số hóa,".encode()),
        "text.ragged A2, text.ragged A3, text.ragged A4, text.ragged A5",
        "a.csv",
    ),
    Story(
        "a quotation mark that is not closed",
        table(LONG).replace("Xã Pá Lau".encode(), '"Xã Pá Lau'.encode(), 1),
        "text.quotes A4",
        "a.csv",
    ),
    Story("headings alone", table(LONG[:1]), "table.no_rows A1", "a.csv"),
    read("a last line without its end, as Google Sheets writes it", table(LONG)[:-2], "~text.no_end A5", "a.csv"),
    Story("half a line end", table(LONG)[:-1], "text.end", "a.csv"),
    Story("a last line that lacks cells", table(LONG)[:-5], "text.end", "a.csv"),
    Story("a last line whose last cell is gone", table(LONG)[:-3], "text.end", "a.csv"),
    read(
        "Icelandic Ð for Đ in a heading", table([["Ðơn vị", *LONG[0][1:]], *LONG[1:]]), "~text.look_alike A1", "a.csv"
    ),
    read("Cyrillic letters in a name", table(changed(LONG, A2="Хã Вản Công")), "~text.look_alike A2", "a.csv"),
    read("letters of full width", table(changed(LONG, A2="Ｘã Bản Công")), "~text.look_alike A2", "a.csv"),
    Story("nothing but line ends", b"\r\n\r\n", "file.empty", "a.csv"),
    Story("6,000 lines", table([*LONG, *[["Xã Làng Nhì", "Khai sinh", "", ""]] * 6000]), "file.far A5001", "a.csv"),
)

ALL = (*GROUPS, *ERRORS, *LAYOUTS, *MARKS, *NUMBERS, *TOTALS, *NAMES, *FILES, *CSVS)
CUT = tuple(
    table(LONG, mark, encoding)
    for mark, encoding in (
        (",", "utf-8"),
        (",", "utf-8-sig"),
        ("\t", "utf-16"),
        ("\t", "utf-16-le"),
        (",", "cp1258"),
        (",", "tcvn3"),
        (",", "vni"),
    )
)
