"""Sentences that claim more than a figure are true, by a reckoning from the counts that is not the product's.

Months are random: finished areas, ties, one district that is alone, tiny registers, silent units, falling counts, all
alike. Each sentence that any view writes about them, in both languages, is caught with its values.
"""

import csv
import re
import tomllib
from fractions import Fraction
from random import Random

import pytest
from conftest import OFFICE, SmallOffice
from markupsafe import Markup

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.measures.monthly_sums import MINIMUM_COVERAGE
from hotich.storage.paths import PROJECT, Folders
from hotich.views import charts, claims, narrative
from hotich.views.charts import figure
from hotich.views.claims import CLAIMS
from hotich.views.notice import content

MONTHS = ("2024-07", "2024-08", "2024-09", "2024-10")
REGISTERS = """code,group,name_vi,name_en,levels,source
KS,population,Sổ khai sinh,Birth registers,commune district_office department,assumption: test
XN,civil_status,Sổ xác nhận,Certificate registers,commune district_office department,test
TT,civil_status,Sổ nhỏ,Tiny registers,commune district_office department,test
"""
KINDS = ("mixed", "finished", "equal", "one_district", "falling", "silent", "still", "nothing")
SEEDS = range(4)
ALWAYS = {"report.registers.assumption", "report.quality.verdict", "report.opening.stand_partial"}
"""Claims about what no other month of the sample changes."""


def areas(districts, communes):
    """areas.csv of a province with so many districts, each with so many communes and an office."""
    rows = [
        ("1", "province", "tỉnh", "Tỉnh Thử", "Test Province", ""),
        ("1-S", "office", "sở", "Sở", "Department", "1"),
    ]
    for d in range(1, districts + 1):
        code = f"1{d}"
        rows.append((code, "district", "huyện", f"Huyện {'ABCD'[d]}", f"{'ABCD'[d]} District", "1"))
        rows.append((f"{code}-P", "office", "phòng", f"Phòng {code}", f"Office {code}", code))
        for c in range(1, communes + 1):
            name = f"{'ABCD'[d]}{'klmnopq'[c]}"
            rows.append((f"{code}{c}", "commune", "xã", f"Xã {name}", f"{name} Commune", code))
    head = "code,valid_from,valid_to,level,type,name_vi,name_en,parent,successor,note\n"
    return head + "".join(f"{a},2024-01-01,,{b},{c},{d},{e},{f},,\n" for a, b, c, d, e, f in rows)


def units(table):
    return [row["code"] for row in csv.DictReader(table.splitlines()) if row["level"] in ("commune", "office")]


def history(kind, random, codes):
    """Four months of counts of every unit: {(unit, register): (required, digitised) or None}."""
    required = {
        (unit, register): 1 if register == "TT" else random.choice((60, 100, 400, 1000))
        for unit in codes
        for register in ("KS", "XN", "TT")
    }
    if kind == "equal":
        required = dict.fromkeys(required, 100)
    done = dict.fromkeys(required, 0)
    finishes = {unit: random.randint(1, 9) for unit in codes}
    falls = {unit for unit in codes if kind == "falling" and random.random() < 1 / 3}
    months = []
    for at in range(len(MONTHS)):
        for key in done:
            step = {"equal": 30, "nothing": 0, "finished": 500}.get(kind, random.randint(0, required[key] // 2))
            step = 1000 if finishes[key[0]] <= at else step
            step = 0 if kind == "still" and at == 3 else -step // 3 if key[0] in falls and at == 3 else step
            done[key] = max(0, min(required[key], done[key] + step))
        month = {key: (required[key], done[key]) for key in required}
        if kind == "silent":
            month |= {key: None for key in required if random.random() < 1 / 8}
        months.append(month)
    return months


def read(folder, kind, seed):
    """The measures of the last month of a random history, and the history itself."""
    random = Random(f"{kind}{seed}")
    table = areas(1 if kind == "one_district" else 3, 6)
    folder.mkdir(parents=True)
    for name, filled in (("office.toml", OFFICE), ("areas.csv", table), ("registers.csv", REGISTERS)):
        (folder / name).write_text(filled.replace("threshold = 90", f"threshold = {random.randint(20, 95)}"))
    small, months = SmallOffice(Folders(folder, folder.parent / "reports")), history(kind, random, units(table))
    for month, counts in zip(MONTHS, months, strict=True):
        rows = {k: ("", "", "not_reported") if v is None else (str(v[0]), str(v[1]), "") for k, v in counts.items()}
        small.write(month, rows)
    return measures.read(Checked(dataset.read(MONTHS[-1], small.at), ())), months


def views(m):
    """Write every view of the report."""
    for name in narrative.__all__:
        if name not in ("provenance", "definitions", "quality"):
            getattr(narrative, name)(m)
    for name in charts.__all__:
        getattr(charts, name)(m)
    if m.root != m.office.root:
        content.parts(m)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Every sentence of every view of every month, with the month it was written about and its history."""
    caught = []
    with pytest.MonkeyPatch.context() as patch:
        require = claims.require
        patch.setattr(figure, "svg", lambda *_, **__: Markup(""))  # what is drawn has tests of its own
        patch.setattr(
            claims, "require", lambda m, key, values: (caught.append((m, key, values)), require(m, key, values))
        )
        for kind in KINDS:
            for seed in SEEDS:
                m, months = read(tmp_path_factory.mktemp("claims") / "data", kind, seed)
                begun = len(caught)
                for root in ("1", *(area.code for area in m.districts)):
                    for language in LANGUAGES:
                        views(m.seen_from(root).seen_in(language))
                caught[begun:] = [(m, key, values, months) for m, key, values in caught[begun:]]
    return caught


class Reckoned:
    """What the counts give for one area and its parts, by plain addition."""

    def __init__(self, m, months):
        self.m, self.root, self.months = m, m.root, months
        known = m.checked.data.areas
        self.units = {
            area.code: {unit.code for unit in known.units(area.code)} for area in (*m.districts, *m.communes())
        }
        self.units[self.root] = {unit.code for unit in known.units(self.root)}
        self.communes = [area.code for area in m.communes()]
        self.districts = [area.code for area in m.districts]

    def cells(self, area, at=-1, register=None):
        return [
            value
            for (unit, reg), value in self.months[at].items()
            if unit in self.units[area] and register in (None, reg) and value is not None
        ]

    def left(self, area, register=None):
        return sum(required - done for required, done in self.cells(area, -1, register))

    def share(self, area, at=-1, register=None):
        cells = self.cells(area, at, register)
        required = sum(each[0] for each in cells)
        return Fraction(sum(each[1] for each in cells), required) if required >= 50 else None

    def full(self, unit):
        return None not in [value for (code, _), value in self.months[-1].items() if code == unit]

    def covered(self, area):
        silent = {unit for (unit, _), value in self.months[-1].items() if value is None}
        return len(self.units[area] - silent) * 100 >= MINIMUM_COVERAGE * len(self.units[area])

    def complete(self, unit, at=-1):
        cells = [value for (code, _), value in self.months[at].items() if code == unit]
        return None not in cells and all(required == done for required, done in cells)

    def finished(self, at=-1):
        return {code for code in self.communes if self.complete(code, at)}

    def name_of(self, codes):
        return {n for code in codes for n in (self.m.area(code).name(self.m.language), self.m.short(code))}

    def lowest(self, codes):
        shares = {c: s for c in codes if (s := self.share(c)) is not None and self.left(c) and self.full(c)}
        return {code for code in shares if shares[code] == min(shares.values())}


def whole(reckoned):
    return all(value is not None for month in reckoned.months for value in month.values())


def folded(names):
    return {name.casefold() for name in names}


def lowest_district(r, values):
    shares = {code: r.share(code) for code in r.districts if r.covered(code)}
    shares = {code: share for code, share in shares.items() if share is not None}
    low = {code for code in shares if shares[code] == min(shares.values())}
    return values["percent"].area in low and str(values["lowest"]).casefold() in folded(r.name_of(low))


def lagging(r):
    required = sum(each[0] for each in r.cells(r.root))
    big = [x for x in ("KS", "XN", "TT") if sum(each[0] for each in r.cells(r.root, -1, x)) * 100 >= required]
    shares = {x: r.share(r.root, -1, x) for x in big if r.left(r.root, x)}
    return {
        x for x in shares if shares[x] is not None and shares[x] == min(v for v in shares.values() if v is not None)
    }


def most_left(r):
    lefts = {x: r.left(r.root, x) for x in ("KS", "XN", "TT")}
    return {x for x in lefts if lefts[x] == max(lefts.values())}


def register_names(r, codes):
    return folded(each.name(r.m.language) for each in r.m.registers if each.code in codes)


def gains(r, codes):
    return {c: r.share(c) - r.share(c, -2) for c in codes if r.share(c) is not None and r.share(c, -2) is not None}


def extreme_gain(r, values, pick, codes):
    found = {code: round(float(gain) * 100, 1) for code, gain in gains(r, codes).items()}
    best = pick(found.values())
    return str(values["district"]).casefold() in folded(r.name_of(c for c in found if abs(found[c] - best) < 0.06))


def grown(r):
    return len(r.finished()) - len(r.finished(-2))


def record(r, highest):
    steps = [len(r.finished(at)) - len(r.finished(at - 1)) for at in range(1, len(r.months))]
    return steps[-1] > max(steps[:-1]) if highest else 0 < steps[-1] < min(steps[:-1])


INDEPENDENT = {
    "report.points.districts_low": lowest_district,
    "report.points.districts_low_up": lowest_district,
    "report.points.districts_low_down": lowest_district,
    "report.points.districts_low_least": lowest_district,
    "report.points.districts_none": lowest_district,
    "report.points.districts_all": lowest_district,
    "report.points.registers": lambda r, v: v["percent"].scope in lagging(r) and v["share"].scope in most_left(r),
    "report.points.registers_same": lambda r, v: v["percent"].scope in lagging(r) & most_left(r),
    "report.registers.heading": lambda r, v: str(v["slowest"]).casefold() in register_names(r, lagging(r)),
    "charts.registers.headline": lambda r, v: str(v["register"]).casefold() in register_names(r, lagging(r)),
    "report.communes.text": lambda r, v: v["percent"].area in r.lowest(r.communes),
    "charts.communes.lowest": lambda r, v: v["low"].area in r.lowest(r.communes),
    "report.points.communes_none": lambda r, _: not r.finished(),
    "report.points.communes_all": lambda r, _: len(r.finished()) == len(r.communes),
    "report.opening.stand_done": lambda r, _: r.left(r.root) == 0,
    "report.points.finished": lambda r, _: r.left(r.root) == 0,
}
OF_WHOLE_MONTHS = {
    "report.points.communes_up": lambda r, _: grown(r) > 0,
    "report.points.communes_same": lambda r, _: grown(r) == 0,
    "report.points.communes_down": lambda r, _: grown(r) < 0,
    "charts.completed.more": lambda r, _: grown(r) > 0,
    "charts.completed.none": lambda r, _: grown(r) == 0,
    "charts.completed.most": lambda r, _: record(r, True),
    "charts.completed.least": lambda r, _: record(r, False),
    "report.districts.most": lambda r, v: extreme_gain(r, v, max, r.districts),
    "report.points.mover_up": lambda r, v: extreme_gain(r, v, max, r.districts),
    "report.districts.least": lambda r, v: extreme_gain(r, v, min, [c for c in r.districts if r.left(c)]),
}
"""Reckonings that hold where every unit reported in every month."""


def test_every_sentence_that_claims_something_is_so_by_the_counts(said):
    wrong, tried = [], set()
    for m, key, values, months in said:
        reckoned = Reckoned(m, months)
        reckoning = INDEPENDENT.get(key) or (OF_WHOLE_MONTHS.get(key) if whole(reckoned) else None)
        if reckoning:
            tried.add(key)
            if not reckoning(reckoned, values):
                wrong.append((key, m.root, m.language, {k: str(v) for k, v in values.items()}))
    assert wrong == []
    assert {*INDEPENDENT, *OF_WHOLE_MONTHS} - tried <= {"report.points.districts_low_down"}, "sentences never written"


def test_every_predicate_says_no_to_some_month(said):
    """A check that cannot fail is none: each says no to its sentence when another month has come."""
    others = list({(m.root, id(months)): m for m, _, _, months in said}.values())

    def refuses(key, values, m):
        try:
            return not CLAIMS[key](m, values)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            return False

    seen = {}
    for m, key, values, _ in said:
        seen.setdefault(key, []).append((m.language, values))
    keys = sorted(key for key in seen if key in CLAIMS and key not in ALWAYS)
    deaf = [k for k in keys if not any(refuses(k, v, m.seen_in(lang)) for lang, v in seen[k][:4] for m in others)]
    assert deaf == []
    assert len(keys) > 40


def test_a_sentence_that_is_not_so_is_refused_with_its_key_and_figures(said):
    m = next(m for m, key, _, _ in said if key == "report.opening.stand_done")
    values = next((values for _, key, values, _ in said if key == "report.points.districts_low"), {})
    with pytest.raises(Contradicted, match=r"report.points.districts_low.*percent"):
        claims.require(m, "report.points.districts_low", values)


CLAIMING = re.compile(
    r"\b(lowest|highest|most|least|fewest|first|last|only|never|ever|no|none|every|all|both|than|up|down|fell|falls|"
    r"rose|rises|leads|lead|behind|past|passed|already|late|slower|faster|unchanged|little|hold|holds|therefore|because)\b",
    re.IGNORECASE,
)
REPORT = (
    "opening key points reorganised progress outlook registers districts communes completed behind published quality"
)
FILES = {
    "report": REPORT.split(),
    "charts": ["completed", "registers", "areas", "communes"],
    "notice": ["result", "changes", "communes", "remaining", "problems"],
}
PLAIN = {
    "report.reorganised.note": "a definition",
    "report.reorganised.caption": "says what is listed",
    "report.opening.groups_note": "says how to read the sum of the groups",
    "report.opening.stand_small": "two counts",
    "report.key.digitised": "a term",
    "report.key.communes_change": "the sign is the fact's own",
    "report.registers.rule": "a definition",
    "charts.areas.subtitle_last": "says which part of a ranking is drawn",
    "report.districts.rule": "a definition",
    "report.districts.heading": "a count of a total",
    "report.completed.rule": "a definition",
    "report.communes.heading": "names a fact: the largest difference within a district",
    "report.behind.heading_one": "a title",
    "report.behind.heading_half": "names a fact: the fewest communes that hold half",
    "report.behind.stalled": "names a fact",
    "report.quality.noted": "a count by kind of rule",
    "report.quality.coverage": "counts of cells; their sum is a rule of the checks",
    "report.quality.not_evaluated": "a count of rules",
    "charts.completed.subtitle": "says what is drawn",
    "charts.registers.subtitle": "says what is drawn",
    "charts.areas.subtitle": "says what is drawn",
    "charts.areas.borders": "says what a drawing is for",
    "report.behind.rule": "a definition",
    "report.progress.known": "figures",
    "notice.changes.method": "a definition",
    "notice.changes.method_own": "a definition",
    "notice.remaining.recent": "figures",
    "notice.remaining.recent_one": "figures",
    "charts.areas.subtitle_map": "says what is drawn",
    "charts.communes.subtitle": "says what is drawn",
    "charts.communes.caption": "says what is listed",
    "charts.communes.note": "a definition",
}


def texts():
    for file, sections in FILES.items():
        catalogue = tomllib.loads((PROJECT / "hotich/language/en" / f"{file}.toml").read_text(encoding="utf-8"))
        for section in sections:
            yield from (
                (f"{file}.{section}.{name}", said) for name, said in catalogue[section].items() if isinstance(said, str)
            )


def test_a_text_whose_words_claim_something_has_a_predicate_or_a_reason():
    claiming = {key for key, said in texts() if CLAIMING.search(re.sub(r"\{[^}]*\}|<[^>]*>", " ", said))}
    assert sorted(claiming - CLAIMS.keys() - PLAIN.keys()) == []
    assert (
        sorted(key for key in (*CLAIMS, *PLAIN) if key.startswith("report.points") and key not in dict(texts())) == []
    )
