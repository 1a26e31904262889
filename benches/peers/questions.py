"""The twelve questions: a file of KQL each, beside it what the peers are asked."""

from dataclasses import dataclass
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent / "questions"
ENDINGS = {"calypso": ".kql", "duckdb": ".duckdb.sql", "chdb": ".chdb.sql", "polars": ".polars.py"}
# What stands between the parts of a question that are asked one after the other.
BREAKS = {"calypso": "\n// then\n", "duckdb": "\n-- then\n", "chdb": "\n-- then\n"}


@dataclass(frozen=True)
class Question:
    """One question; its name is that of its files without the ending."""

    name: str
    title: str
    # What the time goes into: "json", "text" or "columns".
    reads: str
    # Whether the order of the rows is part of the answer.
    ordered: bool

    def parts(self, engine, constants):
        """The texts that `engine` is asked one after the other, with `$Name` replaced."""
        text = (FOLDER / (self.name + ENDINGS[engine])).read_text()
        filled = Template(text).safe_substitute(constants)
        return [part.strip() for part in filled.split(BREAKS[engine])]


def all_questions():
    """All questions by their numbers."""
    questions = []
    for file in sorted(FOLDER.glob("*.kql")):
        lines = [line[3:].strip() for line in file.read_text().splitlines() if line.startswith("// ")]
        reads = next(line.removeprefix("reads: ") for line in lines if line.startswith("reads: "))
        ordered = "ordered" in lines or "| sort by" in file.read_text()
        questions.append(Question(file.stem, lines[0].rstrip("."), reads, ordered))
    return questions
