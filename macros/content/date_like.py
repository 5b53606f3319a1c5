"""What a spreadsheet takes for a date or a number although it is an id: Excel reads apr-01 as the first of April."""

import re

# The months, whole and in short, without accents, in the languages of Excel and LibreOffice that have Latin letters:
# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Slovak, Hungarian, Romanian, Swedish,
# Danish, Norwegian, Finnish, Estonian, Latvian, Lithuanian, Slovenian, Croatian, Bosnian, Turkish, Azerbaijani, Uzbek,
# Catalan, Galician, Basque, Irish, Welsh, Maltese, Icelandic, Afrikaans, Indonesian, Malay, Albanian. From Unicode's
# CLDR, and what the programs know beside it (mrz, sept).
_MONTHS = """
    apr april aug august dec december feb february jan january jul july jun june mar march may nov november oct
    october sep sept september dez dezember februar jaen jaenner janner januar juli juni maerz mai marz mrz okt
    oktober aout avr avril decembre fevr fevrier janv janvier juil juillet juin mars novembre octobre septembre
    abr abril ago agosto dic diciembre ene enero febrero julio junio marzo mayo noviembre octubre septiembre
    aprile dicembre febbraio gen gennaio giu giugno lug luglio mag maggio ott ottobre set settembre dezembro fev
    fevereiro janeiro julho junho maio marco novembro out outubro setembro augustus februari januari maart mei
    mrt cze czerwca czerwiec gru grudnia grudzien kwi kwiecien kwietnia lip lipca lipiec lis listopad listopada
    lut lutego luty maj maja marca marzec paz pazdziernik pazdziernika sie sierpien sierpnia sty styczen
    stycznia wrz wrzesien wrzesnia bre brezen brezna cerven cervence cervenec cervna cvc cvn dub duben dubna kve
    kveten kvetna led leden ledna listopadu pro prosince prosinec rij rijen rijna srp srpen srpna uno unor unora
    zar zari aprila augusta decembra februara januara jula juna marec novembra oktobra septembra aprilis
    augusztus febr julius junius majus marc marcius szept szeptember aprilie decembrie februarie ian ianuarie
    iul iulie iun iunie martie noiembrie octombrie septembrie augusti marts des desember elo elokuu elokuuta
    heina heinakuu heinakuuta helmi helmikuu helmikuuta huhti huhtikuu huhtikuuta joulu joulukuu joulukuuta kesa
    kesakuu kesakuuta loka lokakuu lokakuuta maalis maaliskuu maaliskuuta marras marraskuu marraskuuta syys
    syyskuu syyskuuta tammi tammikuu tammikuuta touko toukokuu toukokuuta aprill dets detsember jaan jaanuar
    juuli juuni oktoober veebr veebruar augusts decembris februaris janvaris julijs junijs maijs novembris
    oktobris septembris bal balandis balandzio birz birzelio birzelis geg geguze geguzes gruod gruodis gruodzio
    kov kovas kovo lapkr lapkricio lapkritis liep liepa liepos rugp rugpjucio rugpjutis rugs rugsejis rugsejo
    saus sausio sausis spal spalio spalis vas vasario vasaris avg avgust julij junij kol kolovoz kolovoza lipanj
    lipnja ozu ozujak ozujka prosinac prosinca ruj rujan rujna sij sijecanj sijecnja srpanj srpnja stu studeni
    studenoga svi svibanj svibnja tra travanj travnja velj veljaca veljace decembar mart novembar oktobar
    septembar agu agustos ara aralik eki ekim eyl eylul haz haziran kas kasim mayis nis nisan oca ocak sub subat
    tem temmuz aprel avq avqust dek dekabr fevral iyl iyn iyul iyun noy noyabr oktyabr sen sentyabr yan yanvar
    oktabr sentabr agost desembre febrer gener juliol juny maig setembre decembro febreiro xan xaneiro xul xullo
    xuno abe abendua abu abuztua api apirila aza azaroa eka ekaina ira iraila maiatza martxoa ots otsaila urr
    urria urt urtarrila uzt uztaila aib aibrean beal bealtaine dfomh ean eanair feabh feabhra iuil lun lunasa
    marta meith meitheamh mfomh noll nollaig samh samhain awst chw chwef chwefror ebr ebrill gor gorff
    gorffennaf hyd hydref ion ionawr maw mawrth medi meh mehefin rhag rhagfyr tach tachwedd aww awwissu dicembru
    fra frar gun gunju jannar lul lulju marzu mej mejju novembru ottubru settembru agust januarie julie junie
    agustus maret dis disember julai mac ogo ogos dhj dhjetor gush gusht janar korr korrik nen nentor pri prill
    qer qershor shk shkurt sht shtator tet tetor
    """


_NUMBERS = r"[0-9]+(?:[.-][0-9]+)*"
_WITH_A_WORD = re.compile(rf"(?:{_NUMBERS}[.-]?)?([a-z]+)(?:[.-]?{_NUMBERS})?")


def reads_as_date(name: str) -> bool:
    """Whether some spreadsheet, in some language, reads an id as a date or a number: mar-1, 3-apr, out001, 1-4, 1e5."""
    name = name.lower()
    if re.fullmatch(rf"{_NUMBERS}(?:e[+-]?[0-9]+)?", name):
        return True
    found = _WITH_A_WORD.fullmatch(name)
    # A month alone stays a word.
    return found is not None and found[1] in _MONTHS.split() and found[1] != name
