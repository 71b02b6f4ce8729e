"""A key signs for the office while its line in the list of signers says so."""

from datetime import UTC, datetime, timedelta

import pytest
from signing_keys import key

from hotich.release import signing


@pytest.mark.parametrize(
    ("option", "days", "accepted"),
    [("valid-before", 2, True), ("valid-before", -2, False), ("valid-after", -2, True), ("valid-after", 2, False)],
)
def test_a_key_outside_its_time_seals_nothing_today(tmp_path, option, days, accepted):
    private, allowed = key(tmp_path), tmp_path / "allowed_signers"
    limit = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y%m%d")
    allowed.write_text(f'office {option}="{limit}" {private.with_name("key.pub").read_text()}')
    assert signing.accepted(private, allowed) is accepted


def test_a_list_without_times_asks_nothing_of_an_older_ssh_keygen(tmp_path, monkeypatch):
    private, allowed, words = key(tmp_path), tmp_path / "allowed_signers", []
    allowed.write_text(f"office {private.with_name('key.pub').read_text()}")
    (tmp_path / "manifest").write_text("{}")
    signing.sign(tmp_path / "manifest", private)
    run = signing.subprocess.run
    monkeypatch.setattr(signing.subprocess, "run", lambda given, **more: words.extend(given) or run(given, **more))
    found = signing.check(tmp_path / "manifest", tmp_path / "manifest.sig", allowed, "2025-01-01T00:00:00Z")
    assert (found.trusted, "-O" in words) == (True, False)
