"""Which slip of a pen or of a copy makes one number of another."""

from decimal import Decimal

from hotich.checks.findings import swapped

_FACTORS = (10, 100, 1000, 1_000_000)


def between(printed: Decimal, right: Decimal) -> tuple[str, dict[str, str]]:
    """Return the likely slip from the right number to the printed one, with what its sentence needs; else nothing."""
    if printed == right or min(printed, right) <= 0:
        return "", {}
    first, second = _digits(printed), _digits(right)
    if pair := swapped(int(first), int(second)):
        return "swapped", {"printed_digits": pair[0], "right_digits": pair[1]}
    if any(max(printed, right) == min(printed, right) * factor for factor in _FACTORS):
        return "factor", {"times": f"{max(printed, right) / min(printed, right):f}"}
    if len(first) != len(second) and _dropped(*sorted((first, second), key=len, reverse=True)):
        return ("lost" if len(first) < len(second) else "doubled"), {}
    changed = [at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    if len(first) == len(second) >= 3 and len(changed) == 1:
        return "digit", {"printed_digits": first[changed[0]], "right_digits": second[changed[0]]}
    return "", {}


def _digits(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", "")


def _dropped(longer: str, shorter: str) -> bool:
    """Return whether the shorter number is the longer one without one of its digits."""
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
