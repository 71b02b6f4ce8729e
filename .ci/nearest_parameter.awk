# Says of every word of $UNKNOWN that it is no parameter of make, and which word of $PARAMS is the nearest; ends with 2.
# It runs before there is an environment: what it says is here and not in hotich/language.

function least(a, b, c) {
  return a < b ? (a < c ? a : c) : (b < c ? b : c)
}

# How many letters must be changed, lost, added or exchanged with their neighbour (AERA for AREA).
function distance(a, b,    i, j, cost, d) {
  for (i = 0; i <= length(a); i++) d[i, 0] = i
  for (j = 0; j <= length(b); j++) d[0, j] = j
  for (i = 1; i <= length(a); i++)
    for (j = 1; j <= length(b); j++) {
      cost = substr(a, i, 1) != substr(b, j, 1)
      d[i, j] = least(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + cost)
      if (i > 1 && j > 1 && substr(a, i, 1) == substr(b, j - 1, 1) && substr(a, i - 1, 1) == substr(b, j, 1))
        d[i, j] = least(d[i, j], d[i - 2, j - 2] + 1, d[i, j])
    }
  return d[length(a), length(b)]
}

function nearest(name,    at, far, found, lowest) {
  lowest = 999
  for (at = 1; at <= known; at++) {
    far = distance(toupper(name), params[at])
    if (far < lowest) { lowest = far; found = params[at] }
  }
  return found
}

BEGIN {
  known = split(ENVIRON["PARAMS"], params, " ")
  count = split(ENVIRON["UNKNOWN"], unknown, " ")
  for (at = 1; at <= count; at++) {
    gsub(/[^A-Za-z0-9_.-]/, "?", unknown[at])
    near = nearest(unknown[at])
    vi = "Không có tham số " unknown[at] "; gần nhất: " near "."
    en = unknown[at] " is no parameter; the nearest: " near "."
    locale = ENVIRON["LC_ALL"] ? ENVIRON["LC_ALL"] : ENVIRON["LC_MESSAGES"] ? ENVIRON["LC_MESSAGES"] : ENVIRON["LANG"]
    print (tolower(locale) ~ /^en/ ? en " / " vi : vi " / " en) > "/dev/stderr"
  }
  exit 2
}
