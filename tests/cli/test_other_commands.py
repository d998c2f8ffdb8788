"""`summary`, `why`, `rule`, `config`, `clean`, `server`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from flatlint.config import KEYS
from tests.cli.running import CLEAN, UNFLATTENED, WITHOUT_KERAS, flatlint, write


def test_summary_prints_a_table_with_the_shapes_and_counts_that_keras_gives(
    project: Path,
) -> None:
    write(project / "model.py", CLEAN)
    run = flatlint("summary")
    assert run.exit_code == 0
    for words in ("Flatten", "(None, 6)", "Dense", "(None, 4)", "28", "Total params: 28"):
        assert words in run.stdout


def test_summary_as_json_has_the_promised_members(project: Path) -> None:
    write(project / "model.py", CLEAN)
    write(project / "a.py", WITHOUT_KERAS)
    summary = json.loads(flatlint("summary", "--output-format", "json").stdout)
    assert summary["version"] == 1
    (file,) = summary["files"]
    assert set(file) == {"path", "era", "models", "layers"}
    (model,) = file["models"]
    assert (model["kind"], model["input_shape"], model["output_shape"]) == (
        "sequential",
        [None, 3, 2],
        [None, 4],
    )
    assert (model["total_params"], model["trainable_params"]) == (28, 28)
    dense = model["layers"][1]
    # Its name counts what Keras has made before, so it is not for this test to say.
    dense.pop("name")
    assert dense == {
        "class": "Dense",
        "line": 6,
        "column": 11,
        "cell": None,
        "output_shape": [None, 4],
        "params": 28,
    }


HELPED = """\
import keras
from keras import layers

def block(x, units):
    return layers.Dense(units)(x)

inputs = keras.Input((8,))
model = keras.Model(inputs, block(block(inputs, 4), 2))
alone = layers.Dense(3)(keras.Input((5,)))
listed = keras.Sequential([keras.Input((6,)), layers.Dense(7)])
"""


def test_layers_of_a_helper_appear_for_each_call_and_those_outside_of_models_apart(
    project: Path,
) -> None:
    write(project / "model.py", HELPED)
    (file,) = json.loads(flatlint("summary", "--output-format", "json").stdout)["files"]
    model, listed = file["models"]
    rows = [
        (row["class"], row["line"], row["output_shape"], row["params"]) for row in model["layers"]
    ]
    assert rows == [
        ("InputLayer", 7, [None, 8], 0),
        ("Dense", 5, [None, 4], 8 * 4 + 4),
        ("Dense", 5, [None, 2], 4 * 2 + 2),
    ]
    assert (model["kind"], listed["kind"]) == ("functional", "sequential")
    outside = {(row["class"], row["line"], row["params"]) for row in file["layers"]}
    assert outside == {("InputLayer", 9, 0), ("Dense", 9, 5 * 3 + 3)}


def test_summary_without_models_says_so(project: Path) -> None:
    write(project / "a.py", WITHOUT_KERAS)
    run = flatlint("summary", "a.py")
    assert (run.exit_code, run.stdout) == (0, "")
    assert "no Keras model found" in run.stderr
    run = flatlint("summary", "a.py", "--output-format", "json")
    assert json.loads(run.stdout) == {"version": 1, "files": []}


def test_a_file_that_cannot_be_read_is_named_beside_the_summary(project: Path) -> None:
    write(project / "model.py", CLEAN)
    (project / "odd.py").write_bytes(b"import keras\n\xff")
    run = flatlint("summary")
    assert run.exit_code == 1
    assert "(None, 4)" in run.stdout
    assert run.stderr.startswith("flatlint: odd.py: ")
    assert flatlint("why", "odd.py:1").exit_code == 1


def test_summary_reads_stdin(project: Path) -> None:
    run = flatlint("summary", "-", stdin=CLEAN)
    assert "(None, 4)" in run.stdout


def test_why_tells_the_steps_in_order(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("why", "model.py:6")
    assert run.exit_code == 0
    assert "Dense(4) has (None, 3, 4)" in run.stdout
    assert run.stdout.index("(None, 3, 16)") < run.stdout.index("(None, 3, 4)", 60)


def test_why_at_a_line_without_a_shape_says_so(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("why", "model.py:1")
    assert (run.exit_code, run.stdout) == (1, "")
    assert "no shape is known at model.py:1" in run.stderr


@pytest.mark.parametrize("place", ["model.py", "model.py:", "model.py:x", "nowhere.py:3"])
def test_why_refuses_what_is_no_place(project: Path, place: str) -> None:
    write(project / "model.py", UNFLATTENED)
    assert flatlint("why", place).exit_code == 2


def test_rule_shows_a_page_by_code_or_name() -> None:
    page = flatlint("rule", "FL001").stdout
    assert page.startswith("dense-on-unflattened-input (FL001)\n")
    assert flatlint("rule", "dense-on-unflattened-input").stdout == page
    assert "Bad:" in page


def test_rule_lists_all_rules_one_a_line() -> None:
    lines = flatlint("rule").stdout.splitlines()
    codes = [line.split()[0] for line in lines]
    assert "FL001" in codes
    assert codes == sorted(set(codes))


def test_rule_as_json_is_one_object_or_a_list() -> None:
    one = json.loads(flatlint("rule", "FL001", "--output-format", "json").stdout)
    everything = json.loads(flatlint("rule", "--all", "--output-format", "json").stdout)
    assert one in everything
    assert one["severity"] == "warning"


def test_an_unknown_rule_is_refused_with_the_closest() -> None:
    run = flatlint("rule", "dense-on-unflatened-input")
    assert run.exit_code == 2
    assert "did you mean `dense-on-unflattened-input`?" in run.stderr


def test_config_shows_every_setting_with_its_origin(project: Path) -> None:
    file = write(project / "flatlint.toml", "step-budget = 7\n")
    run = flatlint("config", "--keras-version", "2.15", "--output-format", "json")
    settings = json.loads(run.stdout)["settings"]
    assert list(settings) == list(KEYS)
    assert settings["step-budget"] == {"value": 7, "origin": str(file)}
    assert settings["keras-version"] == {"value": "2.15", "origin": "command line"}
    assert settings["info"] == {"value": False, "origin": "default"}


def test_config_in_words_shows_the_same(project: Path) -> None:
    file = write(project / "flatlint.toml", "step-budget = 7\n")
    lines = flatlint("config").stdout.splitlines()
    assert any(
        line.startswith("step-budget ") and line.endswith(f"= 7  # {file}") for line in lines
    )
    assert len(lines) == len(KEYS)


def test_clean_removes_the_cache_and_nothing_else(project: Path) -> None:
    write(project / ".flatlint_cache/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55")
    write(project / "model.py", CLEAN)
    assert flatlint("clean").exit_code == 0
    assert not (project / ".flatlint_cache").exists()
    assert (project / "model.py").exists()


def test_clean_leaves_a_folder_alone_that_is_no_cache(project: Path) -> None:
    write(project / "flatlint.toml", 'cache-dir = "src"\n')
    write(project / "src/model.py", CLEAN)
    assert flatlint("clean").exit_code == 0
    assert (project / "src/model.py").exists()


def test_server_without_pygls_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    run = flatlint("server")
    assert run.exit_code == 2
    assert "pip install 'flatlint[server]'" in run.stderr


def test_summary_counts_how_far_layers_are_known_and_ranks_the_reasons(project: Path) -> None:
    write(project / "model.py", CLEAN)
    run = flatlint("summary", "--coverage")
    assert (run.exit_code, run.stderr) == (0, "")
    assert "100.0 %  with their full shape known" in run.stdout
    record = json.loads(flatlint("summary", "--coverage", "--output-format", "json").stdout)
    assert (record["known"], record["reasons"]) == (record["layers"], [])


def test_why_says_that_a_layer_is_never_called(project: Path) -> None:
    write(project / "model.py", "import keras\n\nspare = keras.layers.Dense(4)\n")
    run = flatlint("why", "model.py:3")
    assert "nothing in the program calls this layer" in run.stdout
