/** The words of partners' field lists, in English, Dutch, German and French. */

/** Small letters and digits alone: `Start-Pos.` is `startpos`, `Länge` is `lange`. */
export function plainWord(text: string): string {
	return text
		.replaceAll('ß', 'ss')
		.normalize('NFD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9#]/g, '');
}

export const COLUMNS = [
	'name',
	'start',
	'end',
	'length',
	'type',
	'decimals',
	'format',
	'source',
	'value',
	'default',
	'required',
	'record',
	'align',
	'pad',
	'description',
] as const;

export type Column = (typeof COLUMNS)[number];

/** Header words by column, the surest first: where two columns have a word, the first is taken. */
export const HEADER_WORDS: Readonly<Record<Column, readonly string[]>> = {
	name: words(
		'fieldname name columnname dataelement element field column attribute',
		'veldnaam naam kolomnaam veld kolom',
		'feldname feldbezeichnung feld spaltenname spalte bezeichnung',
		'nomduchamp nomchamp champ nomdezone nom zone colonne rubrique libelle',
	),
	start: words(
		'start startpos startposition startcolumn begin beginpos beginposition from frompos fromposition startbyte offset position positions pos',
		'startpositie beginpositie vanpositie van vanaf positie posities',
		'startstelle anfangsposition anfang abstelle vonstelle von ab beginn stelle',
		'debut positiondebut positiondedebut posdebut positiondepart depart de',
	),
	end: words(
		'end endpos endposition endcolumn to topos toposition through thru until endbyte',
		'eindpositie einde eind totpositie tot tm',
		'endstelle ende bisstelle bis',
		'fin positionfin positiondefin posfin jusqua',
	),
	length: words(
		'length len fieldlength size width bytes characters chars maxlength fieldsize',
		'lengte veldlengte breedte grootte aantalposities aantaltekens tekens',
		'lange laenge feldlange feldlaenge breite stellen anzahlstellen anzahlzeichen grosse',
		'longueur long lg taille largeur nbcaracteres nombredecaracteres',
	),
	type: words(
		'type datatype fieldtype dataformat picture pic cobolpicture usage',
		'gegevenstype veldtype soort',
		'typ datentyp feldtyp feldart art',
		'typededonnees typedonnee typedonnees typechamp nature',
	),
	decimals: words(
		'decimals decimalplaces dec decimal scale precision',
		'decimalen aantaldecimalen',
		'nachkommastellen dezimalstellen dezimalen nk',
		'decimales nbdecimales nombrededecimales',
	),
	format: words(
		'format dateformat mask pattern',
		'formaat datumformaat notatie',
		'datumsformat formatierung maske',
		'formatdate masque',
	),
	source: words(
		'source sourcepath path sourcefield exact exactfield mapping',
		'bron bronveld herkomst',
		'quelle quellfeld pfad herkunft',
		'origine champsource chemin',
	),
	value: words(
		'constant constantvalue fixedvalue value fixed',
		'constante vastewaarde waarde vast',
		'konstante festwert wert fest',
		'valeurfixe constante valeur',
	),
	default: words(
		'default defaultvalue',
		'standaard standaardwaarde',
		'standard standardwert vorgabe vorgabewert',
		'pardefaut valeurpardefaut defaut',
	),
	required: words(
		'required mandatory mandatoryoptional mo om requirement usageindicator status',
		'verplicht verplichtoptioneel vo',
		'pflicht pflichtfeld mussfeld musskann muss mk pk',
		'obligatoire obligatoirefacultatif oblig of',
	),
	record: words(
		'record recordtype recordname recordid segment section',
		'recordsoort recordnaam regelsoort',
		'satzart satz satztyp datensatz',
		'enregistrement typeenregistrement typedenregistrement',
	),
	align: words(
		'align alignment justify justification justified',
		'uitlijning uitlijnen',
		'ausrichtung bundig',
		'alignement cadrage',
	),
	pad: words(
		'pad padding padchar fill fillchar fillcharacter padcharacter',
		'vulteken opvulteken vulling opvulling',
		'fullzeichen fuellzeichen auffullung fullung',
		'remplissage caracterederemplissage',
	),
	description: words(
		'description remarks remark comment comments notes note explanation meaning definition',
		'omschrijving beschrijving opmerking opmerkingen toelichting betekenis',
		'beschreibung bemerkung bemerkungen anmerkung erlauterung bedeutung kommentar',
		'description remarque remarques commentaire commentaires observation',
	),
};

/** Headers that say nothing a layout needs, such as the number of the row. */
export const IGNORED_HEADERS: ReadonlySet<string> = new Set(
	words(
		'# no nr num number fieldno fieldnumber fieldnr seq seqno sequence item index line row example sample',
		'volgnr volgnummer nummer veldnr veldnummer regel voorbeeld',
		'lfdnr laufendenummer feldnr feldnummer zeile beispiel',
		'numero ordre exemple ligne',
	),
);

/** What a type word means; `date`, `time` and `dateTime` differ in the format that is assumed. */
export type TypeMeaning =
	| 'text'
	| 'number'
	| 'integer'
	| 'decimal'
	| 'amount'
	| 'float'
	| 'date'
	| 'time'
	| 'dateTime'
	| 'boolean'
	| 'sign'
	| 'constant'
	| 'filler'
	| 'counter'
	| 'packed'
	| 'binary'
	| 'zoned';

const MEANINGS: Readonly<Record<TypeMeaning, readonly string[]>> = {
	text: words(
		'an a x c ch char character characters string str text txt alpha alphanumeric alphanum varchar varchar2 nvarchar nchar id',
		'tekst alfanumeriek alfa karakter karakters tekens',
		'alphanumerisch zeichen zeichenkette alphabetisch',
		'texte alphanumerique chaine caractere caracteres alphabetique',
	),
	number: words(
		'n num numeric number 9',
		'numeriek getal nummer',
		'numerisch zahl',
		'numerique nombre',
	),
	integer: words(
		'i int integer n0 smallint bigint tinyint long short wholenumber',
		'geheel geheelgetal',
		'ganzzahl ganzzahlig',
		'entier',
	),
	decimal: words(
		'dec decimal r fixedpoint',
		'decimaal',
		'dezimal dezimalzahl kommazahl',
		'nombredecimal decimale',
	),
	amount: words(
		'amount currency money price',
		'bedrag valuta prijs',
		'betrag geldbetrag wahrung preis',
		'montant devise prix',
	),
	float: words('float double real f', 'drijvendekomma', 'gleitkomma', 'flottant'),
	date: words('date d dt dat', 'datum', 'datum', 'date'),
	time: words('time tm hour', 'tijd', 'zeit uhrzeit', 'heure'),
	dateTime: words(
		'datetime timestamp ts',
		'datumtijd tijdstip',
		'datumzeit zeitstempel datumuhrzeit',
		'dateheure horodatage',
	),
	boolean: words(
		'bool boolean flag logical yesno yn indicator l',
		'janee jn vlag',
		'janein kennzeichen wahrheitswert',
		'ouinon on booleen indicateur',
	),
	sign: words(
		'sign debitcredit dc creditdebit',
		'teken debetcredit',
		'vorzeichen sollhaben sh',
		'signe sens',
	),
	constant: words(
		'const constant fixed literal',
		'constante vast vastewaarde',
		'konstant konstante fest',
		'constante fixe',
	),
	filler: words(
		'filler blank blanks space spaces reserved unused empty',
		'vulling leeg spaties gereserveerd ongebruikt',
		'fuller fueller leer leerzeichen reserviert frei',
		'vide espaces espace reserve remplissage inutilise',
	),
	counter: words(
		'counter sequence sequencenumber autonumber',
		'teller volgnummer',
		'zahler laufnummer',
		'compteur',
	),
	packed: words(
		'p packed packeddecimal comp3 computational3 pd',
		'gepakt',
		'gepackt',
		'packe decimalcondense condense',
	),
	binary: words(
		'bin binary comp comp4 comp5 computational binaryinteger',
		'binair',
		'binar',
		'binaire',
	),
	zoned: words(
		'z s zoned zoneddecimal signed signednumeric overpunch',
		'gezoneerd',
		'gezont vorzeichenbehaftet',
		'zone etendu',
	),
};

export const TYPE_WORDS: ReadonlyMap<string, TypeMeaning> = new Map(
	Object.entries(MEANINGS).flatMap(([meaning, list]) =>
		list.map((word) => [word, meaning as TypeMeaning] as const),
	),
);

export const YES_WORDS: ReadonlySet<string> = new Set(
	words(
		'y yes m mandatory required r x true 1',
		'j ja v verplicht',
		'muss pflicht p',
		'o oui obligatoire',
	),
);

export const LEFT_WORDS: ReadonlySet<string> = new Set(
	words('l left leftjustified leftaligned', 'links', 'linksbundig', 'g gauche agauche'),
);

export const RIGHT_WORDS: ReadonlySet<string> = new Set(
	words('r right rightjustified rightaligned', 'rechts', 'rechtsbundig', 'd droite adroite'),
);

export const SPACE_WORDS: ReadonlySet<string> = new Set(
	words(
		'space spaces blank blanks sp',
		'spatie spaties',
		'leerzeichen blank leer',
		'espace espaces blanc blancs',
	),
);

export const ZERO_WORDS: ReadonlySet<string> = new Set(
	words('0 zero zeros zeroes', 'nul nullen', 'null nullen', 'zeros'),
);

const HEADER_RECORD = words(
	'header head h fileheader hdr start',
	'kop kopregel kopsoort voorloop voorlooprecord bestandskop',
	'kopf kopfsatz vorsatz vorlaufsatz dateikopf',
	'entete enteted tete debut',
);
const TRAILER_RECORD = words(
	'trailer t tail footer end filetrailer trl',
	'sluit sluitrecord slot voet staart',
	'nachsatz schlusssatz fuss ende abschluss dateiende',
	'fin pied total recapitulatif',
);
const LINE_RECORD = words(
	'line lines l item items position positions lineitem detailline',
	'regel regels factuurregel orderregel',
	'zeile zeilen positionssatz positionen',
	'ligne lignes lignedefacture',
);

const RECORD_NOISE = /(record|satz|segment|rec|enregistrement)$/;

/** Where a record stands, by its name; undefined for a name that does not say. */
export function recordKindOf(name: string): 'header' | 'trailer' | 'line' | undefined {
	const word = plainWord(name);
	for (const candidate of [word, word.replace(RECORD_NOISE, '')]) {
		if (HEADER_RECORD.includes(candidate)) return 'header';
		if (TRAILER_RECORD.includes(candidate)) return 'trailer';
		if (LINE_RECORD.includes(candidate) || /(?:lines?|regels?|zeilen?|lignes?)$/.test(candidate)) {
			return 'line';
		}
	}
	return undefined;
}

function words(...lists: readonly string[]): readonly string[] {
	return lists.flatMap((list) => list.split(' '));
}
