"""One-byte alphabets: letters of Central Europe, Turkey, Russia and Greece are not taken for Western signs."""

from __future__ import annotations

import pytest

from ingestion.readers.text import detect_encoding

TEXTS = {
    "pl": "Numer zgłoszenia;Data rozwiązania;Dział;Kanał\nABC-1;Obsługa klienta;Oczekujące;pięć\n",
    "cs": "Číslo požadavku;Datum vytvoření;Vyřízeno;Řešitel\n1;Běžný dotaz;příští týden;žádost\n",
    "hu": "Bejelentés időpontja;Ügyfél;Felelős;Lezárva\n1;később;gyűjtő;művelet;szűrő\n",
    "hr": "Broj zahtjeva;Riješeno;Služba\n1;čekanje;što;može;ćirilica;već;račun\n",
    "tr": "Talep numarası;Oluşturma tarihi;Çözüldü\n1;değişiklik;müşteri;sıradan;iş\n",
    "ru": "Номер обращения;Дата создания;Статус\n1;новый;закрыт;Вопрос по счёту\n",
    "el": "Αριθμός αιτήματος;Ημερομηνία δημιουργίας\n1;νέο;κλειστό;ερώτηση για λογαριασμό\n",
    "is": "Málsnúmer;Stofnað;Staða\n1;það er ekki;þjónusta;beiðni;lýsing;svör við því;lokið\n",
    "de": "Straße;Größe;Müller;Übergabe\n5 m³;für;Gebühr £5;schön\n",
    "es": "Nº de ticket;¿Qué pasó?;año;mañana\n¿qué tal?;público;1º;2ª\n",
    "pt": "Situação;opções;não;relatórios\navô;você;razões;corações\n",
    "fr": "Numéro;créé;où;sœur\nbientôt;sûr;août;goût;dès;très\n",
    "it": "città;perché;più;così\nè;può;venerdì;lunedì;chissà\n",
    "da": "søster;på;også;måned\nlørdag;æble;østrig;første svar\n",
}
WRITTEN = {
    "pl": "cp1250",
    "cs": "cp1250",
    "hu": "cp1250",
    "hr": "cp1250",
    "tr": "cp1254",
    "ru": "cp1251",
    "el": "cp1253",
}


@pytest.mark.parametrize("language", list(TEXTS))
def test_a_text_is_read_in_the_letters_it_was_written_in(language: str) -> None:
    data = (TEXTS[language] * 3).encode(WRITTEN.get(language, "cp1252"))
    assert data.decode(detect_encoding(data, whole=True)) == TEXTS[language] * 3


def test_polish_of_the_older_standard_is_read_too() -> None:
    data = ("zgłoszenia;rozwiązania;oczekujące;święta;źródło\n" * 3).encode("iso8859-2")
    assert detect_encoding(data, whole=True) == "iso8859-2"


def test_one_odd_sign_makes_no_other_alphabet() -> None:
    data = ("Gebühr;Größe\nabc³def;schön\n" + "für;Müller\n" * 40).encode("cp1252")
    assert detect_encoding(data, whole=True) == "cp1252"
