"""Serves the chat page over the scripted assistant at the port given, as the command does."""

from __future__ import annotations

import sys
from dataclasses import replace

from assistant.chat.serve import serve
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant, ferry_answer

serve(FakeAssistant({"ferry": ferry_answer}), replace(Settings(), port=int(sys.argv[1])))
