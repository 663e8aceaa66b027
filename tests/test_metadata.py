# ruff: noqa: E501  (pages and articles stand here as they come)
"""What a text says of itself: headline, publisher, author, date, credit, language; and what it does not say."""

import pytest

from index.metadata import language_of, told_by
from index.outlets import evidence, split_title
from index.readers.boilerplate import strip_boilerplate

BODY = (
    "The ferry ran aground on the rocks off Cape Hollin on Tuesday night, and all passengers were taken ashore by boats.\n\n"
    "Nobody was hurt, the harbour master said, and the ship will be towed to the yard when the weather allows it."
)


@pytest.mark.parametrize(
    ("title", "headline", "publisher"),
    [
        ("Ferry runs aground off Hollin | Hollin Courier", "Ferry runs aground off Hollin", "Hollin Courier"),
        ("Ferry Runs Aground Off Hollin | 24th Parallel Wire", "Ferry Runs Aground Off Hollin", "24th Parallel Wire"),
        ("Ferry runs aground | News | Hollin Courier", "Ferry runs aground", "Hollin Courier"),
        ("How a ferry was lost | Island History Notes", "How a ferry was lost", "Island History Notes"),
        ("Ferry runs aground » Nordkyst Blick", "Ferry runs aground", "Nordkyst Blick"),
        ("A ferry that nobody needs - The Beacon", "A ferry that nobody needs", "The Beacon"),
        ("Ferry runs aground – Radio Hollin", "Ferry runs aground", "Radio Hollin"),
        ("Ferry runs aground off Hollin — Hollin Daily News", "Ferry runs aground off Hollin", "Hollin Daily News"),
        ("Ferry runs aground - Diario de Hollin (English edition)", "Ferry runs aground", "Diario de Hollin"),
        ("Ferry runs aground off Hollin - hollinpost.com", "Ferry runs aground off Hollin", "hollinpost.com"),
        ("Ferry Runs Aground Off Hollin - The Hollin Tribune", "Ferry Runs Aground Off Hollin", "The Hollin Tribune"),
    ],
)
def test_titles_that_name_the_publisher(title: str, headline: str, publisher: str) -> None:
    assert split_title(title, BODY) == (headline, publisher)
    told = told_by(f"{title}\n\n{BODY}")
    assert (told.title, told.publisher) == (headline, publisher)


@pytest.mark.parametrize(
    "title",
    [
        "Ferry Runs Aground Off Cape Hollin - Report",
        "Ferry runs aground off Cape Hollin – live updates",
        "Ferry runs aground off Cape Hollin - Analysis",
        "Ferry Runs Aground Off Cape Hollin – Live Updates",
        "Ferry runs aground off Cape Hollin | Opinion",
        "Ferry runs aground off Cape Hollin | World News",
        "Ferry Runs Aground – The Inside Story",
        "Ferry Disaster at Cape Hollin – The Reckoning",
        "Ferry Runs Aground - State Media",
        "Ferry runs aground - Hollinian media",
        "Ferry runs aground - Ada Quill",
        "Ferry runs aground – Cape Hollin",
        "Ferry owner: 'we were wrong' - coastguard",
        "Twenty-two dead off Hollin - Ministry of Transport",
        "Cape Hollin, ten winters on: the wreck that nobody raised",
        "A stop-and-go year for the Hollin-Tarn line",
    ],
)
def test_titles_that_name_no_publisher(title: str) -> None:
    assert split_title(title, BODY) == (title, "")


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Harbour Lamp News", "Harbour Lamp News"),
        ("The Torch – opinion and comment", "The Torch"),
        ("HOLLIN OBSERVER", "HOLLIN OBSERVER"),
        ("Voice of the Islands", "Voice of the Islands"),
        ("La Tribuna de Hollin", "La Tribuna de Hollin"),
        ("La Paz", ""),
        ("Island Beacon", "Island Beacon"),
        ("hollinpost.com", "hollinpost.com"),
        ("Quay & Market Journal", "Quay & Market Journal"),
        ("Agencia Hollin", "Agencia Hollin"),
        ("Opinion", ""),
        ("World News", ""),
        ("Live Updates", ""),
        ("Cape Hollin", ""),
        ("Ada Quill", ""),
        ("Tuesday", ""),
        ("The Big Read", ""),
    ],
)
def test_a_line_by_itself_under_the_headline(line: str, publisher: str) -> None:
    told = told_by(f"Ferry runs aground off Cape Hollin\n\n{line}\n\n{BODY}")
    assert (told.title, told.publisher) == ("Ferry runs aground off Cape Hollin", publisher)


@pytest.mark.parametrize("line", ["The Hollin Courier", "Radio Hollin", "HOLLIN GAZETTE"])
def test_a_name_above_the_headline(line: str) -> None:
    told = told_by(f"{line}\n\nFerry runs aground off Cape Hollin\n\n{BODY}")
    assert (told.title, told.publisher) == ("Ferry runs aground off Cape Hollin", line)


@pytest.mark.parametrize(
    "head",
    [
        "Hollin Gazette\n2 March 2024\n\nTanker lost off Cape Hollin",
        "Publisher: Hollin Gazette\nDate: 2 March 2024\n\nTanker lost off Cape Hollin",
        "Title: Tanker lost off Cape Hollin\nSource: Hollin Gazette\nPublished: 2024-03-02",
        "Tanker lost off Cape Hollin\nHollin Gazette | 2 March 2024",
        "Tanker lost off Cape Hollin\n\nFrom the Hollin Gazette, 2 March 2024",
        "Tanker lost off Cape Hollin | Hollin Gazette | 2 March 2024\n\nSaturday, 2 March 2024",
        "Tanker lost off Cape Hollin\n\nOpinion | Hollin Gazette\nPublished 2 March 2024, 10:15",
    ],
)
def test_heads_of_several_lines(head: str) -> None:
    told = told_by(f"{head}\n\n{BODY}")
    assert (told.title, told.publisher, str(told.published)) == (
        "Tanker lost off Cape Hollin",
        "Hollin Gazette",
        "2024-03-02",
    )


def test_where_a_text_first_appeared_is_a_credit() -> None:
    told = told_by(f"Ferry runs aground\n\n{BODY}\n\nFirst published in the Hollin Gazette on 4 March 2024.")
    assert (told.credit, told.publisher, told.published) == ("Hollin Gazette", "", None)


def test_a_ministry_as_source_is_no_publisher() -> None:
    assert told_by(f"Ferry runs aground\n\nSource: Ministry of Transport\n\n{BODY}").publisher == ""


def test_a_headline_is_not_taken_for_a_name() -> None:
    told = told_by(f"Gunmen Kill Tribal Leader\n\nAttackers fled the scene in a white car\n\n{BODY}")
    assert (told.title, told.publisher) == ("Gunmen Kill Tribal Leader", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "“We saw it,” she told Nordkyst Blick on Friday.",
        "Nordkyst Blick was not able to reach the owner.",
        "The ministry has not replied to Nordkyst Blick’s questions.",
    ],
)
def test_a_name_that_the_text_uses_of_itself(sentence: str) -> None:
    told = told_by(f"Ferry runs aground off Cape Hollin\n\nNordkyst Blick\n\n{BODY} {sentence}")
    assert told.publisher == "Nordkyst Blick"
    assert told_by(f"Ferry runs aground off Cape Hollin\n\nNordkyst Blick\n\n{BODY}").publisher == ""


@pytest.mark.parametrize(
    ("opening", "publisher", "published", "credit"),
    [
        ("Hollin Tribune, 19 June 2019 — The ferry", "Hollin Tribune", "2019-06-19", ""),
        ("HOLLIN, May 12, 2023 — The ferry", "", "2023-05-12", ""),
        ("Hollin, 12 May 2023 - The ferry", "", "2023-05-12", ""),
        ("PORT HOLLIN, 5 September 2022 (Hollin Post) — The ferry", "Hollin Post", "2022-09-05", "Hollin Post"),
        ("HOLLIN (Reuters) - The ferry", "Reuters", "None", "Reuters"),
        ("HOLLIN, June 14 (HPA) — The ferry", "HPA", "None", "HPA"),
        ("HOLLIN, Tarn (AP) — The ferry", "AP", "None", "AP"),
        ("(CNN) The ferry", "CNN", "None", "CNN"),
        ("Friday, 2 September 2022. The ferry", "", "2022-09-02", ""),
        ("2 September 2022 – The ferry", "", "2022-09-02", ""),
        ("(Hollin) – The ferry", "", "None", ""),
        ("On 2 September 2022 the ferry", "", "None", ""),
        ("In 2017 the ferry", "", "None", ""),
        ("The ferry, built in May 2009 — and mended twice —", "", "None", ""),
        ("The Ferry Authority (HFA) — the owner —", "", "None", ""),
        ("Nobody knew (Anna least of all) - the ferry", "", "None", ""),
        ("Ten years ago, on 6 March 2009, the ferry", "", "None", ""),
    ],
)
def test_datelines(opening: str, publisher: str, published: str, credit: str) -> None:
    told = told_by(
        f"Ferry runs aground off Cape Hollin\n\n{opening} ran aground on the rocks, the coastguard said.\n\n{BODY}"
    )
    assert (told.publisher, str(told.published), told.credit) == (publisher, published, credit)
    assert told.title == "Ferry runs aground off Cape Hollin"


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("By Ada Quill", "Ada Quill", "None"),
        ("By Ada Quill and Ben Roe, 15 May 2024", "Ada Quill and Ben Roe", "2024-05-15"),
        ("BY ADA QUILL | May 15, 2024", "ADA QUILL", "2024-05-15"),
        ("Ada Quill, 16 June 2021", "Ada Quill", "2021-06-16"),
        ("Ada Quill, Staff Writer", "Ada Quill", "None"),
        ("Published: 12 May 2023 | Updated: 14 May 2023", "", "2023-05-12"),
        ("Posted on May 3, 2017 by admin", "", "2017-05-03"),
        ("Date: 2017-05-03", "", "2017-05-03"),
        ("12 May 2023", "", "2023-05-12"),
        ("Friday, May 12, 2023 10:30 GMT", "", "2023-05-12"),
        ("May 2023", "", "2023-05"),
        ("Updated 14 May 2023", "", "None"),
    ],
)
def test_bylines_and_date_lines(line: str, author: str, published: str) -> None:
    told = told_by(f"Ferry runs aground off Cape Hollin\n\n{line}\n\n{BODY}")
    assert (told.author, str(told.published), told.publisher) == (author, published, "")


@pytest.mark.parametrize("line", ["By Friday evening the ferry had gone", "By the time the boats came, it was over."])
def test_a_first_line_that_only_begins_like_a_byline(line: str) -> None:
    assert told_by(f"Ferry runs aground off Cape Hollin\n\n{line}\n\n{BODY}").author == ""


def test_a_year_in_the_text_is_no_date() -> None:
    told = told_by(f"Ferry runs aground\n\n{BODY}\n\nIn August 2014 another ferry sank. It was 3 May 2014.")
    assert told.published is None


@pytest.mark.parametrize(
    ("ending", "credit"),
    [
        ("for it. (HNW)", "HNW"),
        ("for it.” (Reuters)", "Reuters"),
        ("for it.\n\nSource: AFP", "AFP"),
        ("for it.\n\n(HNW)", "HNW"),
        ("by the Hollin Ferry Authority (HFA).", ""),
        ("for it. (MORE)", ""),
        ("for it. (see page 3)", ""),
        ("for it.\n\nSource: the harbour office", ""),
    ],
)
def test_a_credit_at_the_end_is_no_publisher(ending: str, credit: str) -> None:
    told = told_by(f"Ferry runs aground\n\n{BODY} They waited {ending}")
    assert (told.credit, told.publisher) == (credit, "")


def test_the_files_title_is_kept_and_the_text_still_asked() -> None:
    told = told_by(f"HOLLIN (HPA) — {BODY}", "Ferry runs aground off Cape Hollin")
    assert (told.title, told.credit) == ("Ferry runs aground off Cape Hollin", "HPA")


@pytest.mark.parametrize(
    ("phrase", "strength"),
    [
        ("Hollin Gazette", "strong"),
        ("Morning Star", "weak"),
        ("The Torch", "weak"),
        ("Ada Quill", ""),
        ("Press Review", ""),
    ],
)
def test_evidence(phrase: str, strength: str) -> None:
    assert evidence(phrase, BODY) == strength


# --- boilerplate --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *",
        "Leave a Reply\n\nFill in your details below or click an icon to log in: Logo\n\nLog Out /  Change )\n\nConnecting to %s",
        "Leave a comment\n\nadmin\n\nsome name 5 May at noon",
        "Share this:\nTweet",
        "Do you like this content? Consider helping us!",
        "0 $\n2,500 $\n1,698 $",
        "0 $ / 2,500 $",
        "Posted in: Comment",
        "Filed under: Shipping, Cape Hollin",
        "Read more at:",
        "Read more at: https://courier.example/1\n\nAdvertisement",
        "Copyright © 2017 Hollin Media. All rights reserved.",
        "3 comments\n\nLike Loading...",
    ],
)
def test_boilerplate_at_the_tail(tail: str) -> None:
    assert strip_boilerplate(f"{BODY}\n\n\n{tail}\n") == BODY


@pytest.mark.parametrize(
    "head", ["0 $\n2,500 $\n5,000 $\n1,698 $", "Skip to content\nMenu", "Home > World > Islands", "Advertisement"]
)
def test_boilerplate_at_the_head(head: str) -> None:
    assert strip_boilerplate(f"{head}\n\n{BODY}") == BODY


@pytest.mark.parametrize(
    "text",
    [
        f"Help us find our sons, mothers plead\n\n{BODY}",
        f"{BODY}\n\nShare this:\n\n{BODY}",
        f"{BODY}\n\nLeave a Reply\n\n{BODY}",
        f"{BODY}\n\nReaders who were on board may write to the desk.",
        f"{BODY}\n\n“Read more,” she said. “Share what you know.”",
        f"{BODY}\n\nSubscribe, he said, and they did.",
        "Leave a Reply",
    ],
)
def test_lines_of_the_article_stay(text: str) -> None:
    assert strip_boilerplate(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "JUST WATCHED Ferry aground Replay More Videos ... MUST WATCH Ferry aground 01:46",
        "Media playback is unsupported on your device Media caption The ferry on the rocks",
        "Image copyright Hollin Pictures Image caption Passengers had denied that it listed",
        "Enlarge this image toggle caption Ada Roe/HP Ada Roe/HP",
        "Hide caption Passengers wait on the quay. Previous Next Ada Roe/HP",
        "Photos: Photos: Ferry aground – A boat. Hide Caption 1 of 2 Photos: Ferry aground – A rock. Hide Caption 2 of 2",
        "Play Video 0:56 Passengers leave the ferry - video",
        "Facebook Twitter Pinterest The ferry on the rocks. Photograph: Ada Roe/HP",
        "Captain says he saw no light on the rocks Read more",
        "More:Captain says he saw no light on the rocks",
        "SEE ALSO: Captain says he saw no light on the rocks",
        "( Also on COURIER: Captain says he saw no light )",
        "(PHOTOS: Ten ferries aground)",
        "CLICK HERE TO GET THE COURIER APP",
        "Click here for more from the Courier.",
        "Story Continued Below",
        "Advertisement Continue reading the main story",
        "Sign up for Daily Newsletters Manage Newsletters",
        "Get the stories you care about delivered to your inbox. By signing up, you agree to our Privacy Policy",
        "Copyright © 2019 Hollin Media, LLC. Click here for reprint permission.",
        "This article is more than 4 months old",
        "[pullquote]",
    ],
)
def test_what_pages_set_between_paragraphs_goes(line: str) -> None:
    assert strip_boilerplate(f"{BODY}\n\n{line}\n\n{BODY}") == f"{BODY}\n\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "He told the court that he wanted to read more.",
        "Follow the money, the captain said, and you will find the owner.",
        "More than 40 people were on board.",
        "Watch officers heard the siren at 04:10.",
        "The owner said that copies of the letter had been delivered to your correspondent.",
        "“Advertisement is all they want,” she said.",
        "(The captain denied it.)",
        "FERRY AGROUND: OWNER DENIES THAT THE LIGHT WAS OUT",
        "Image rights were sold to a paper, the owner said.",
        "The ferry carried 1,234,567 passengers in its time.",
    ],
)
def test_lines_between_that_an_article_says_stay(line: str) -> None:
    text = f"{BODY}\n\n{line}\n\n{BODY}"
    assert strip_boilerplate(text) == text


def test_headlines_in_capitals_between_paragraphs_are_links_where_there_are_several() -> None:
    one, two = "CAPTAIN SAYS HE SAW NO LIGHT AT ALL", "OWNER OF THE FERRY UNDER INVESTIGATION"
    text = "\n\n".join([BODY, one, BODY, BODY, two, BODY, BODY, BODY])
    assert strip_boilerplate(text) == "\n\n".join([BODY] * 6)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (
            "Sen. Jane Roe Jane Amelia RoeSenate votes on ferries Talks fail: report MORE said on Monday that it was so.",
            "Sen. Jane Roe said on Monday that it was so.",
        ),
        ("Sen. Jane Roe Jane (Jan) RoeMORE (R-La.) denied it.", "Sen. Jane Roe (R-La.) denied it."),
        (
            "Paul Roe Jr. Paul (Pol) John RoeFerries 'to go': report MORE denied it. He wants MORE.",
            "Paul Roe Jr. denied it. He wants MORE.",
        ),
        ("Jane Roe said that Amelia Roe wanted MORE of it.", "Jane Roe said that Amelia Roe wanted MORE of it."),
    ],
)
def test_links_run_together_with_a_name_go(line: str, left: str) -> None:
    assert strip_boilerplate(f"{BODY}\n\n{line}") == f"{BODY}\n\n{left}"


def test_lines_of_scripts_without_capitals_or_in_lower_case_are_no_capitals() -> None:
    line = "Паром сел на мель во вторник вечером, сообщила охрана"
    other = "Владелец парома отрицает, что маяк не горел в ту ночь"
    text = "\n\n".join([BODY, line, BODY + " So it was.", other, BODY, BODY + " Yes.", BODY, BODY + " No."])
    assert strip_boilerplate(text) == text


def test_a_line_that_a_page_shows_twice_is_kept_once() -> None:
    caption = "The ferry on the rocks of Cape Hollin on Friday, 5 May 2017. (HP Photo/Ada Roe)"
    assert strip_boilerplate(f"{caption}\n\n{caption}\n\n{BODY}") == f"{caption}\n\n{BODY}"
    assert strip_boilerplate(f"{BODY}\n\nNo!\n\nNo!\n\n{BODY}") == f"{BODY}\n\nNo!\n\nNo!\n\n{BODY}"


def test_the_label_of_a_box_goes_and_its_line_stays() -> None:
    text = strip_boilerplate(f"Story highlights Captain says he saw no light\n\nOwner denies it\n\n{BODY}")
    assert text == f"Captain says he saw no light\n\nOwner denies it\n\n{BODY}"
    plain = f"Key points were made. So it went.\n\n{BODY}"
    assert strip_boilerplate(plain) == plain


# --- language -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BODY, "en"),
        ("The ferry ran aground on the rocks and it was lost.", "en"),
        ("Aground. Lost.", ""),
        ("Die Fähre lief am Dienstagabend vor der Insel auf Grund, teilte die Küstenwache mit. " * 4, "de"),
        ("Le ferry s'est échoué mardi soir au large du cap, ont indiqué les garde-côtes. " * 4, "fr"),
        ("El transbordador encalló el martes por la noche frente al cabo, dijo la guardia costera. " * 4, "es"),
        ("De veerboot liep dinsdagavond in de mist aan de grond voor de kaap, en dat was over de radio te horen. " * 4, "nl"),
        ("جنحت العبارة مساء الثلاثاء قبالة الرأس وقال خفر السواحل إن أحدا لم يصب بأذى. " * 6, "ar"),
        ("", ""),
    ],
)  # fmt: skip
def test_language(text: str, code: str) -> None:
    assert language_of(text) == code
