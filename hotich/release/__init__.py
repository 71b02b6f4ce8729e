"""Sealed releases: read them, publish a month, verify the seals, audit by executing again, pack the evidence.

Only `reading` is imported by what comes before a release in the flow (a report names the one before it); publishing,
verifying and auditing stand at the end of the flow.
"""

from hotich.release.reading import NAME, RELEASES, Release, before, chain, every, find, is_published, latest, resting_on

__all__ = ["NAME", "RELEASES", "Release", "before", "chain", "every", "find", "is_published", "latest", "resting_on"]
