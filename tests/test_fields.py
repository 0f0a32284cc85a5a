"""The field reference: every key of the schema, once, with what an editor must know."""

from handbook import fields, model
from handbook.export import EDITOR_SCHEMAS

TABLES = {table.name: table for _, tables in fields.tables() for table in tables}


def field(table: str, key: str) -> fields.Field:
    return next(found for found in TABLES[table].fields if found.key == key)


def test_each_kind_of_file_opens_with_itself() -> None:
    found = fields.tables()
    assert [kind for kind, _ in found] == [*EDITOR_SCHEMAS, "geschreven pagina"]
    records: list[type[model.Record]] = [*EDITOR_SCHEMAS.values(), model.FrontMatter]
    for (_, tables), record in zip(found, records, strict=True):
        assert tables[0].name == fields.block_name(record)
        assert [row.key for row in tables[0].fields] == list(record.model_fields)


def test_each_block_stands_there_once() -> None:
    names = [table.name for _, tables in fields.tables() for table in tables]
    assert len(set(names)) == len(names)


def test_every_block_that_is_named_is_there() -> None:
    named = {part for table in TABLES.values() for row in table.fields for part in row.holds.split("blok '")[1:]}
    assert {name.split("'")[0] for name in named} <= set(TABLES)


def test_a_field_says_what_it_holds() -> None:
    assert field("interventie", "naam").holds == "tekst"
    assert field("bron", "jaar").holds == "geheel getal of één van: onbekend"
    assert field("bron", "soort").holds == "id van: lijst bronsoorten"
    assert field("bronvermelding", "bron").holds == "id van: bron"
    assert field("uitspraak", "bekeken_op").holds == "datum (jjjj-mm-dd)"
    assert field("uitspraak", "zekerheid").holds == "één van: bron, afgeleid, te_controleren"
    assert field("interventie", "doel").holds == (
        "lijst van: blok 'uitspraak' of blok 'tegenspraak' of blok 'onbekend'"
    )
    assert field("keuzehulp", "vragen").holds == "blok met per tekst: blok 'vraag'"
    assert field("interventie", "kaart").holds == "blok 'kaart'"


def test_a_field_says_whether_it_must_be_there() -> None:
    assert field("interventie", "kosten").required
    assert not field("interventie", "naamgenoten").required
    assert not field("uitspraak", "aard").required


def test_a_field_has_the_words_of_the_schema() -> None:
    found = field("uitspraak", "herzien_voor")
    schema = model.Claim.model_fields["herzien_voor"]
    assert (found.label, found.help) == (schema.title, schema.description)
    assert found.help
