import pytest

from index.keywords import KeywordEntry, Keywords, KeywordsBroken

ENTRIES = [
    KeywordEntry(1, 10, "Siege of Deir ez-Zor", "al-Ahd", "The reporters said that fighters were airlifted."),
    KeywordEntry(2, 10, "Siege of Deir ez-Zor", "al-Ahd", "Nothing else happened in the café that day."),
    KeywordEntry(3, 11, "Budget", "Reuters", "Talks on the budget failed; the ministers left the room."),
]


@pytest.fixture
def keywords(tmp_path):
    made = Keywords(tmp_path / "k")
    made.replace((), ENTRIES)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("reporter says airlift", [1]),
        ("CAFE", [2]),
        ("minister", [3]),
        ("reuters", [3]),
        ("ez-Zor", [1, 2]),
        ('body:"airlifted" AND ( reporters [ ^2 ~ \\ / * ?!', [1]),
        ("title:reuters", [3]),
        ("?! -- ()", []),
        ("", []),
        ("absent", []),
    ],
)
def test_any_marks_are_safe_and_words_are_found_by_their_stem(keywords, query, expected):
    found = [key for key, _ in keywords.search(query, 5)]
    assert found == expected


def test_kept_to_some_articles(keywords):
    assert [key for key, _ in keywords.search("the said", 5, [11])] == [3]
    assert keywords.search("the", 5, []) == []
    assert len(keywords.search("the", 1)) == 1


def test_replacing_and_taking_out(keywords, tmp_path):
    keywords.replace([1, 2, 77], [KeywordEntry(2, 10, "", "", "snow")])
    assert keywords.keys() == {2, 3} and keywords.count() == 2
    assert [key for key, _ in keywords.search("snow siege", 5)] == [2]
    other = Keywords(tmp_path / "k")
    keywords.replace([3], [])
    assert other.keys() == {2, 3}
    other.refresh()
    assert other.keys() == {2}


def test_files_that_cannot_be_read_are_told(keywords, tmp_path):
    keywords.close()
    (tmp_path / "k" / "meta.json").write_text("torn")
    with pytest.raises(KeywordsBroken):
        Keywords(tmp_path / "k")
