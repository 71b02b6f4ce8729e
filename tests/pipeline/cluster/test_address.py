import pytest

from hotich.errors import ExitCode, WrongUsage
from hotich.pipeline.cluster import address
from hotich.pipeline.cluster.address import Address


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("local:1", Address("", 1)),
        ("local:64", Address("", 64)),
        ("tcp://scheduler:8786", Address("tcp://scheduler:8786")),
        ("tls://10.0.0.5:8786", Address("tls://10.0.0.5:8786")),
        ("tcp://[::1]:8786", Address("tcp://[::1]:8786")),
    ],
)
def test_a_cluster_is_named_by_its_scheduler_or_by_how_many_workers_to_start_here(given, meant):
    assert address.read(given) == meant


@pytest.mark.parametrize(
    "given",
    [
        "local",
        "local:",
        "local:0",
        "local:x",
        "local:65",
        "local:-1",
        "local:٣",
        "http://scheduler:8787",
        "scheduler:8786",
        "tcp://",
        "tcp://scheduler",
        "tcp://scheduler:0",
        "tcp://scheduler:65536",
        "tcp://scheduler:8786/",
        "tcp://a b:1",
        "tcp://$(id):1",
        " local:2",
        "local:2\n",
    ],
)
def test_what_names_no_cluster_is_refused_with_what_does(given):
    with pytest.raises(WrongUsage, match="local:4") as refused:
        address.read(given)
    assert refused.value.exit_code == ExitCode.WRONG_USAGE
    assert "tcp://scheduler:8786" in refused.value.message("vi")
