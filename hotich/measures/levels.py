"""How much is required, digitised and left, the percentages, their changes and the ranks that follow from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from hotich.data import totals
from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import MINIMUM_BASE, Basis, SumsTable

GROUP_SCOPES = ("all", *GROUPS)
LITTLE = Decimal("0.5")
"""A change of the percentage by less than this many points in a month is called little."""
SEEN = Decimal("0.05")
"""A smaller change of the percentage would not be seen at one decimal."""


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield the levels of every area now and of the wholes in every month, their changes since the last, and ranks."""
    uncovered = {code for code in basis.wholes if not basis.now.covers(code)}
    for code, scope in sorted(basis.now.by_key):
        if scope in GROUP_SCOPES or code in basis.wholes:
            yield from _level(basis.now, code, scope, whole=code not in uncovered)
    yield from _shares(basis)
    for table in basis.tables[:-1]:
        yield from _past(basis, table)
    yield from _changes(basis)
    yield from _ranks(basis)


def _fact(
    table: SumsTable, basis: Basis, code: str, scope: str, measure: str, value: int | Fraction, unit: str
) -> Fact:
    month = basis.other(table)
    shown = value if isinstance(value, int) else cut(value)
    return Fact(code, scope, measure, shown, unit, "computed", month)


def _level(table: SumsTable, code: str, scope: str, *, whole: bool) -> Iterator[Fact]:
    """Yield the level of an area; its percentage only where enough of it reported to speak of the `whole`."""
    required, digitised = table.by_key[code, scope]
    yield Fact(code, scope, "required", required, "entries", "computed")
    yield Fact(code, scope, "digitised", digitised, "entries", "computed")
    yield Fact(code, scope, "left", required - digitised, "entries", "computed")
    if whole and required >= MINIMUM_BASE:
        yield Fact(code, scope, "percent", cut(totals.percent(digitised, required)), "percent", "computed")


def _past(basis: Basis, table: SumsTable) -> Iterator[Fact]:
    for code in basis.wholes:
        known = basis.about(table, code)
        for scope in GROUP_SCOPES:
            if known is None or (code, scope) not in known.by_key:
                continue
            required, digitised = known.by_key[code, scope]
            yield _fact(table, basis, code, scope, "required", required, "entries")
            yield _fact(table, basis, code, scope, "digitised", digitised, "entries")
            if required >= MINIMUM_BASE and known.covers(code):
                yield _fact(table, basis, code, scope, "percent", totals.percent(digitised, required), "percent")


def _shares(basis: Basis) -> Iterator[Fact]:
    """Yield the share of an area's remaining work that lies in each register."""
    for code in basis.wholes:
        required, digitised = basis.now.by_key.get((code, "all"), (0, 0))
        for register in basis.data.registers:
            part = basis.now.by_key.get((code, register.code))
            if part and required > digitised:
                share = Fraction((part[0] - part[1]) * 100, required - digitised)
                yield Fact(code, register.code, "left_share", cut(share), "percent", "computed")


def _changes(basis: Basis) -> Iterator[Fact]:
    if not basis.periods:
        return
    period = basis.periods[-1]
    uncovered = {code for code in basis.wholes if not period.covers(code)}
    for key, now, done, then, done_then in period.sums[
        ["required", "digitised", "required_before", "digitised_before"]
    ].itertuples():
        code, scope = str(key[0]), str(key[1])
        if scope not in GROUP_SCOPES and code not in basis.wholes:
            continue
        yield Fact(code, scope, "digitised_change", int(done) - int(done_then), "entries", "computed")
        if min(now, then) >= MINIMUM_BASE and code not in uncovered:
            points = totals.percent(int(done), int(now)) - totals.percent(int(done_then), int(then))
            yield Fact(code, scope, "percent_change", cut(points), "points", "computed")


def _ranks(basis: Basis) -> Iterator[Fact]:
    """Yield ranks among the parts of each whole, of communes among all of their province and those of their district.

    Those of the month before only where the same areas were ranked, else they cannot be compared.
    """
    for whole in basis.wholes:
        yield from _of_parts(basis, whole)
    if basis.now.areas[basis.root].level == "country":
        yield from _of_communes(basis, basis.root, "rank_in_country")
    for province in basis.provinces:
        if _above_communes(basis, province):  # else they are its parts
            yield from _of_communes(basis, province, "rank")
    for district in basis.districts:
        if not basis.parts[district]:
            yield from _of_communes(basis, district, "rank_in_district")
    for whole in basis.wholes:
        yield from _gap(basis, whole)
        yield from _commune_gap(basis, whole)
        yield from _behind(basis, whole)


def _of_communes(basis: Basis, whole: str, measure: str) -> Iterator[Fact]:
    for code, rank in _ranked(basis.now, basis.now.areas.communes(whole)):
        yield Fact(code, "all", measure, rank, "rank", "computed")


def _of_parts(basis: Basis, whole: str) -> Iterator[Fact]:
    parts = basis.parts[whole]
    ranks = dict(_ranked(basis.now, parts))
    for code, rank in ranks.items():
        yield Fact(code, "all", "rank", rank, "rank", "computed")
    if len(ranks) < len(parts):
        level = "districts" if _above_communes(basis, whole) else "communes"
        yield Fact(whole, "all", f"{level}_ranked", len(ranks), "areas", "computed")
    if basis.before:
        before = dict(_ranked_then(basis, basis.before, parts))
        for code, rank in before.items() if before.keys() == ranks.keys() else ():
            yield _fact(basis.before, basis, code, "all", "rank", rank, "rank")


def _above_communes(basis: Basis, whole: str) -> list[str]:
    return [area.code for area in basis.parts[whole] if area.level != "commune"]


def _ranked_then(basis: Basis, table: SumsTable, parts: Sequence[Area]) -> Iterator[tuple[str, int]]:
    """Yield the ranks of today's parts in a month, where all of them were the same areas then."""
    known = [basis.about(table, area.code) for area in parts]
    if known and all(each is known[0] for each in known) and known[0]:
        yield from _ranked(known[0], parts)


def _ranked(table: SumsTable, areas: Iterable[Area]) -> Iterator[tuple[str, int]]:
    """Yield competition ranks by exact share, ties sharing one, of the areas that have a share."""
    shares = dict(_shares_of(table, areas))
    ordered = sorted(shares.values(), reverse=True)
    first = {share: place for place, share in reversed(list(enumerate(ordered, 1)))}
    for code, share in shares.items():
        yield code, first[share]


def _shares_of(table: SumsTable, areas: Iterable[Area]) -> Iterator[tuple[str, Fraction]]:
    """Yield each area's exact share, for those that reported enough and have at least 50 required entries."""
    for area in areas:
        required, digitised = table.by_key.get((area.code, "all"), (0, 0))
        if required >= MINIMUM_BASE and table.covers(area.code):
            yield area.code, totals.percent(digitised, required)


def _gap(basis: Basis, whole: str) -> Iterator[Fact]:
    """Yield the points between the first and the last of its parts, where these are above the communes."""
    shares = [
        share for _, share in _shares_of(basis.now, map(basis.now.areas.__getitem__, _above_communes(basis, whole)))
    ]
    if len(shares) > 1:
        yield Fact(whole, "all", "percent_gap", cut(max(shares) - min(shares)), "points", "computed")


FURTHEST = 10
"""Communes that count as furthest behind; more where several share the last place."""


def slowest(placed: Mapping[str, tuple[int, int]], most: int = 0) -> list[str]:
    """Return areas from their (rank, entries left), the slowest first; of equal percentages, the one with more left.

    With `most`, return only so many, and all that equal the last of them in both: no tie is broken by chance.
    """
    order = sorted(sorted(placed), key=placed.__getitem__, reverse=True)
    if not 0 < most < len(order):
        return order
    return [code for code in order if placed[code] >= placed[order[most - 1]]]


def _left(table: SumsTable, code: str) -> int:
    required, digitised = table.by_key[code, "all"]
    return required - digitised


def _commune_gap(basis: Basis, whole: str) -> Iterator[Fact]:
    """Yield how far communes of one of its parts lie apart at most; of a district, its own communes."""
    gaps: list[Fraction] = []
    for code in _above_communes(basis, whole) or [whole]:
        shares = [share for _, share in _shares_of(basis.now, basis.now.areas.communes(code))]
        if len(shares) > 1:
            gaps.append(max(shares) - min(shares))
    if gaps:
        yield Fact(whole, "all", "commune_gap", cut(max(gaps)), "points", "computed")


def _behind(basis: Basis, whole: str) -> Iterator[Fact]:
    """Yield over how many of its parts the slowest communes are spread."""
    if whole != basis.root and not basis.parts[whole]:
        return
    communes = basis.now.areas.communes(whole)
    placed = {code: (rank, left) for code, rank in _ranked(basis.now, communes) if (left := _left(basis.now, code))}
    part = {area.code: code for code in _above_communes(basis, whole) for area in basis.now.areas.communes(code)}
    parts = {part.get(code, whole) for code in slowest(placed, FURTHEST)}
    yield Fact(whole, "all", "behind_districts", len(parts), "areas", "computed")
