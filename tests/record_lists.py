"""Record lists of the small office: a few cases to change at will, as CSV, Parquet or a workbook."""

import csv
import io
from random import Random

import duckdb
import openpyxl
from corpus.makers import encoded

from hotich.storage.duck import literal

HEADS = {
    "unit": "Mã đơn vị",
    "register": "Loại sổ",
    "year": "Năm đăng ký",
    "book": "Quyển số",
    "number": "Số đăng ký",
    "person": "Họ và tên",
    "state": "Trạng thái số hóa",
    "scan": "Tệp scan",
    "registered": "Ngày đăng ký",
    "entered": "Ngày số hóa",
}
PERSON = "Nguyễn Thị Không Ai Biết"
NAMES = (PERSON, "Không Ai Biết", "khong-ai-biet")


DAYS = ("2024-05-01", "22/11/2024", "23/11/2024", "2025-01-01", "", "tháng 5", "2024-02-30")


def case(unit="111", register="KS", number=1, **other):
    """One case, digitised and scanned, with the name of a person in a column and in the name of the scan."""
    given = {"year": "1998", "book": "1", "person": PERSON, "state": "Đã số hóa"}
    dates = {"scan": "khong-ai-biet.pdf", "registered": "12/03/1998", "entered": "2024-05-01"}
    return {"unit": unit, "register": register, "number": str(number), **given, **dates, **other}


def cases(count=3, unit="111", register="KS", **other):
    """So many cases, numbered from 1."""
    return [case(unit, register, number, **other) for number in range(1, count + 1)]


def as_csv(path, rows, separator=",", encoding="utf-8", heads=HEADS):
    text = io.StringIO()
    written = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    written.writerow(heads.values())
    written.writerows([row[name] for name in heads] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(text.getvalue(), encoding))
    return path


def as_parquet(path, rows, heads=HEADS, types=(), made_up=False):
    """Write text columns; `types` are (name, expression) by which one is written in another type."""
    path.parent.mkdir(parents=True, exist_ok=True)
    taken = ", ".join(f'{dict(types).get(name, name)} AS "{head}"' for name, head in heads.items())
    marks = ", KV_METADATA {hotich_made_up: 'true'}" if made_up else ""
    lists = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in heads)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE given AS SELECT {lists}", [[row[name] for row in rows] for name in heads])
        connection.execute(f"COPY (SELECT {taken} FROM given) TO {literal(path)} (FORMAT parquet{marks})")
    return path


def as_workbook(path, rows, heads=HEADS, titles=()):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    for title in titles:
        book.active.append([title])
    book.active.append(list(heads.values()))
    for row in rows:
        book.active.append(
            [int(row[name]) if name in ("year", "number") and row[name].isdigit() else row[name] for name in heads]
        )
    book.save(path)
    return path


def drawn(seed, count):
    """Cases of every cell that the small office keeps, with every kind of fault that does not refuse them."""
    draw = Random(seed)
    units = ("1-STP", "11-PTP", "111", "112", "12-PTP", "121")
    keeps = [
        (unit, register) for unit in units for register in ("KS", "XN", "LH") if register != "LH" or not unit.isdigit()
    ]
    rows = []
    for _ in range(count):
        unit, register = draw.choice(keeps)
        rows.append(
            case(
                unit,
                register,
                draw.randint(1, 60),
                year=str(draw.randint(1990, 1998) if draw.random() < 0.99 else 2025),
                book=draw.choice(("1", "2", "")),
                state=draw.choice(("Đã số hóa", "x", "1", "chưa", "", "0", "Có")),
                scan=draw.choice(("a.pdf", "b.pdf", "có", "", "không")),
                entered=draw.choice(DAYS),
            )
        )  # fmt: skip
    return rows
