"""Invented events, names and reporting phrases of which `made_pairs` builds its pairs.

Barred strings are lists. Lines that begin with a star are kept for the dev split.
"""

# subject | base past participle gerund | object | a past that contradicts it (may be empty)
FRAMES = """
the company|close closed closed closing|the northern bridge|kept open
the ministry|cancel cancelled cancelled cancelling|the radar contract|renewed
the army|shell shelled shelled shelling|the market town|
the council|sell sold sold selling|the old waterworks|kept
the bank|freeze froze frozen freezing|the family's accounts|
the union|accept accepted accepted accepting|the pay offer|rejected
the police|arrest arrested arrested arresting|two customs officers|released
the airline|ground grounded grounded grounding|its older aircraft|
the rebels|capture captured captured capturing|the border post|lost
the government|pay paid paid paying|the ransom|withheld
the hospital|turn turned turned turning|away several patients|
the regulator|approve approved approved approving|the new vaccine|refused
the owner|know knew known knowing|about the cracked beam|
the museum|return returned returned returning|the bronze statue|kept
the navy|board boarded boarded boarding|the fishing boat|
the court|dismiss dismissed dismissed dismissing|the complaint|upheld
the crew|abandon abandoned abandoned abandoning|the tanker|stayed aboard
the party|suspend suspended suspended suspending|its treasurer|
the mayor|sign signed signed signing|the lease|refused to sign
the supplier|recall recalled recalled recalling|the faulty valves|
the general|order ordered ordered ordering|the retreat|forbade
the operator|ignore ignored ignored ignoring|the gas alarm|
the school|expel expelled expelled expelling|three pupils|readmitted
the embassy|evacuate evacuated evacuated evacuating|its staff|
the insurer|reject rejected rejected rejecting|the claim for damages|paid
the guards|fire fired fired firing|at the crowd|
the engineers|inspect inspected inspected inspecting|the tunnel roof|
the farmers|block blocked blocked blocking|the motorway|reopened
the editor|delete deleted deleted deleting|the photographs|published
the laboratory|destroy destroyed destroyed destroying|the samples|preserved
the coach|resign resigned resigned resigning||stayed on
the minister|meet met met meeting|the arms dealer|
the drug maker|hide hid hidden hiding|the results of the trial|disclosed
the militia|release released released releasing|the captured pilot|kept hold of
the railway|raise raised raised raising|its fares|cut
the senator|receive received received receiving|the gift|turned down
the prosecutor|drop dropped dropped dropping|the charges|pressed
the fund|buy bought bought buying|the steel works|sold
the contractor|use used used using|cheap concrete|
the foreign ministry|recall recalled recalled recalling|its ambassador|
the villagers|leave left left leaving|the valley|remained in
the committee|see saw seen seeing|the warning letter|
the president|pardon pardoned pardoned pardoning|the former banker|
the power station|lose lost lost losing|its cooling water|
the coast guard|rescue rescued rescued rescuing|the sailors|
the tower|collapse collapsed collapsed collapsing||stood
the alarm|ring rang rung ringing||stayed silent
the pipeline|leak leaked leaked leaking||held
the talks|fail failed failed failing||succeeded
the ferry|sink sank sunk sinking||stayed afloat
the generator|start started started starting||
the power|go went gone going|out|stayed on
the sluice|open opened opened opening||stayed shut
the strike|end ended ended ending||went on
"""

# noun phrase with a place for a number | past | base
COUNTED = """
{n} workers|were hurt|be hurt
{n} people|died in the fire|die in the fire
{n} soldiers|deserted|desert
{n} passengers|were stranded|be stranded
{n} patients|fell ill|fall ill
{n} houses|were flooded|be flooded
{n} sailors|were taken ashore|be taken ashore
{n} detainees|went on hunger strike|go on hunger strike
{n} jobs|were cut|be cut
{n} trucks|crossed the border|cross the border
{n} pupils|missed the exam|miss the exam
{n} fishermen|were missing|be missing
{n} aircraft|were damaged|be damaged
{n} cattle|were destroyed|be destroyed
"""

PLACES = (
    "Velden|Port Ashby|Karsk|Tolmin Bay|the Orrin valley|Saltmere|Bregana|Nowa Huta district|Lower Drava|Quill Harbour"
)
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|12 May|3 October|the night of 7 June"
FAMILY = (
    "Marlow Okafor Sandqvist Petrak Hadley Vasari Tran Osei Brandt Kowal Amara Dunmore Reyes Halloran Iqbal Sorensen"
)
GIVEN = "Ines Ruben Leila Arthur Wen Grace Mikael Rosa Daniel Yusuf Clara Mona"
OUTLETS = "the Velden Courier|Radio Tolmin|the Harbour Gazette|the Drava News Agency|the weekly Observer of Karsk"
OUTLETS += "|Channel Nine"
BODIES = "the interior ministry|the transport authority|the fire service|the opposition|the mining board|the aid group"
BODIES += "|the provincial governor|the rebels|the trade union|the United Nations mission|the company|the army"
ROLES = "a spokesman for {b}|a spokeswoman for {b}|an official at {b}|{b}|the head of {b}|{g} {f}, a spokesman for {b},"
ROLES += (
    "|{g} {f}|{f}|{g} {f}, who visited the site on {d},|two witnesses|a source close to the talks|{o}|lawyers for {b}"
)
ROLES += "|residents|a police report|an internal memo|a senior officer|diplomats|the lawyer {g} {f}|he|she"

ASSERT = """
{s} said that {p}.
{s} said {p}.
{p}, {s} said.
According to {s}, {p}.
{p}, according to {s}.
{s} confirmed that {p}.
{s} reported that {p}.
{s} told {o} that {p}.
{s} told reporters on {d} that {p}.
“{p},” {s} said.
{s} acknowledged that {p}.
{s} admitted that {p}.
In a statement on {d}, {s} said that {p}.
{o}, citing {s}, reported that {p}.
{s} claimed that {p}.
{s} announced on {d} that {p}.
{s} wrote that {p}.
It is true that {p}, {s} said.
{s} insisted that {p}.
{s} repeated that {p}.
{s} accepts that {p}.
There is no doubt that {p}, {s} said.
{s} did not dispute that {p}.
{p}.
* {s} stated that {p}.
* {p}, {s} told {o}.
* {s} conceded on {d} that {p}.
* {s} has revealed that {p}.
* As {s} put it, {p}.
"""

DENY = """
{s} denied that {p}.
{s} denied reports that {p}.
{s} has denied {p}.
{s} dismissed reports that {p}.
{s} dismissed as false the report that {p}.
{s} rejected claims that {p}.
{s} rejected the allegation that {p}.
{s} said it was not true that {p}.
It is not true that {p}, {s} said.
{s} called reports that {p} baseless.
{s} called the claim that {p} a lie.
“Reports that {p} are false,” {s} said.
{s} said reports that {p} were wrong.
{s} told {o} that it was untrue that {p}.
There is no truth in the report that {p}, {s} said.
{s} disputed that {p}.
{s} disputed the account in {o} that {p}.
{s} withdrew its report that {p}.
{s} retracted an earlier statement that {p}.
{s} flatly denied on {d} that {p}.
{s} described as invented the claim by {o} that {p}.
At no time was it the case that {p}, {s} said.
{o} had reported that {p}; {s} said that was false.
Claims that {p} are nonsense, according to {s}.
{s} contradicted {o} and said it was wrong that {p}.
* {s} refuted suggestions that {p}.
* {s} branded as untrue the story in {o} that {p}.
* {s} ruled out that {p}.
* The suggestion that {p} is simply false, {s} told {o}.
* {s} took back the claim that {p}.
"""

UNSAID = """
{s} would not say whether {p}.
{s} declined to comment on reports that {p}.
{s} could neither confirm nor deny that {p}.
{s} refused to discuss whether {p}.
{s} is investigating whether {p}.
{s} asked whether {p}.
It was not clear whether {p}, {s} said.
{s} said it was too early to say whether {p}.
{s} has not confirmed that {p}.
{s} had no information on whether {p}.
{s} did not respond to questions about whether {p}.
{s} could not say if {p}.
{s} would consider the matter if {p}.
{o} could not verify whether {p}.
* {s} would neither confirm nor rule out that {p}.
* Whether {p} remains unknown, {s} told {o}.
* {s} gave no answer when asked if {p}.
"""

NOISE = (
    "The road had been closed for weeks.|It was the second such case this year.|Nobody was available for an interview."
)
NOISE += "|The weather was poor on {d}.|An inquiry will open in {l}.|The two sides last met on {d}."
NOISE += "|{f} has worked in {l} for years."
