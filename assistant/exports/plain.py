"""JSON: the whole answer and its dossier as data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from assistant.answer import Answer
from assistant.dossier import Disagreement, Dossier, Row, dossier
from assistant.exports.words import iso
from assistant.render import to_dict


def to_json(answer: Answer, made: date) -> str:
    """What `ask --json` prints, with "dossier" and "exported" beside it; characters stand as they are."""
    data = to_dict(answer) | {"dossier": dossier_dict(dossier(answer)), "exported": made.isoformat()}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def dossier_dict(found: Dossier) -> dict[str, Any]:
    """A dossier as plain data for JSON: dates in ISO 8601 or null, quotes whole, offsets in characters."""
    places = {id(row): place for place, row in enumerate(found.rows)}
    return {
        "question": found.question,
        "claim": found.claim,
        "claim_by": found.claim_by,
        "standing": found.standing,
        "rating": found.rating,
        "notes": [{"kind": str(n.kind), "text": n.text, "citations": list(n.citations)} for n in found.notes],
        "rows": [row_dict(row) for row in found.rows],
        "timeline": [
            {"date": str(point.when), "kind": str(point.kind), "row": point.row, "role": str(point.role)}
            for point in found.points
        ],
        "undated": [places[id(row)] for row in found.undated],
        "graph": {
            "nodes": [
                {"id": node.id, "kind": str(node.kind), "label": node.label, "detail": node.detail}
                for node in found.graph.nodes
            ],
            "edges": [
                {"start": edge.start, "end": edge.end, "relation": str(edge.relation), "label": edge.label}
                for edge in found.graph.edges
            ],
            "circles": [list(circle) for circle in found.graph.circles],
        },
        "disagreements": [_disagreement_dict(one) for one in found.disagreements],
    }


def row_dict(row: Row) -> dict[str, Any]:
    """One row as plain data for JSON."""
    return {
        "role": str(row.role),
        "citation": row.number or None,
        "publisher": row.publisher,
        "chain": list(row.chain),
        "outlet": row.outlet,
        "root": row.root,
        "anonymous": row.anonymous,
        "who": row.who,
        "stance": str(row.stance),
        "hedged": row.hedged,
        "reported": iso(row.reported) or None,
        "said": iso(row.said) or None,
        "happened": iso(row.happened) or None,
        "quote": row.quote,
        "start": row.start,
        "end": row.end,
        "content": row.content,
        "article_id": row.article_id,
        "statement": row.statement_id,
        "title": row.title,
        "url": row.url,
        "about": row.about,
    }


def _disagreement_dict(one: Disagreement) -> dict[str, Any]:
    return {
        "kind": str(one.kind),
        "about": one.about,
        "sides": [{"value": side.value, "rows": [row_dict(row) for row in side.rows]} for side in one.sides],
    }
