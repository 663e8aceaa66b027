"""The benchmark of growth runs to its end, on tiny indexes."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import numpy as np
import pytest

from evals.benchmarks import scale
from evals.benchmarks.plot import Line, Plot
from index.corpus import Corpus


def test_each_size_is_measured_and_plotted(tmp_path, capsys):
    record, plot = tmp_path / "scale.json", tmp_path / "scale.svg"
    assert scale.main(["--sizes", "400", "45", "--json", str(record), "--plot", str(plot)]) == 0
    small, large = json.loads(record.read_text("utf-8"))["sizes"]
    assert (small["passages"], large["passages"]) == (45, 400)
    for one in (small, large):
        assert one["graph"]["recall_at_10"] == 1.0
        assert min(one["latency_ms"].values()) > 0 and one["opening_ms"] > 0
    assert large["disk_mb"]["flat vectors"] == pytest.approx(400 * 1552 / 2**20, abs=0.1)
    lines = [line for line in ElementTree.parse(plot).iter() if line.tag.endswith("polyline")]
    assert len(lines) == 5 and all(len(line.get("points", "").split()) == 2 for line in lines)
    assert "keywords, 5 % of the articles, ms" in capsys.readouterr().out


def test_the_index_made_has_the_passages_and_publishers_asked_for(tmp_path):
    scale.make_index(tmp_path / "i", 165)
    with Corpus.open(tmp_path / "i", scale.MadeEmbedder(1)) as corpus:
        assert corpus.status().passages == 165
        assert len(corpus.publishers()) == 20
        article = corpus.article("made-20")
        assert [passage.text for passage in corpus.passages("made-20")] == article.text.strip().split("\n")


def test_made_vectors_have_length_one_and_lie_around_centres():
    vectors = scale.MadeEmbedder(1).encode([""] * 2000)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    nearest = np.sort(vectors[:50] @ vectors.T, axis=1)[:, -2]
    assert 0.45 < np.median(nearest) < 0.75


@pytest.mark.parametrize(
    ("points", "spots"), [(((10.0, 1.0), (1000.0, 100.0)), 2), (((10.0, 5.0),), 1), (((7.0, 3.0), (7.0, 3.0)), 2)]
)
def test_points_lie_inside_the_picture(points, spots):
    picture = ElementTree.fromstring(Plot("a < b", "across", "up", (Line("one & all", points),)).svg())
    circles = [one for one in picture.iter() if one.tag.endswith("circle")]
    assert len(circles) == spots
    assert all(0 <= float(one.get("cx", -1)) <= 720 and 0 <= float(one.get("cy", -1)) <= 420 for one in circles)
    assert "one & all" in "".join(picture.itertext())
