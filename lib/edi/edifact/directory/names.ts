import { tableOfWords } from '../../syntax';

/**
 * What segments, data elements and their most frequent codes are called, in words of our own: for
 * people who look at a file. Nothing is checked by them.
 */

const SEGMENTS = `
UNA Service characters; UNB Interchange header; UNZ Interchange trailer; UNG Group header
UNE Group trailer; UNH Message header; UNT Message trailer; UNS Section; UCI Answer to the interchange
UCF Answer to the group; UCM Answer to the message; UCS Segment in error; UCD Element in error
BGM Beginning of the message; DTM Date or time; RFF Reference; NAD Party; LOC Place; FII Bank
CTA Contact; COM Number of the contact; CUX Currencies; PAT Terms of payment; PAI Instructions for payment
PCD Percentage; MOA Amount; TAX Tax; TDT Transport; TOD Terms of delivery; PAC Package; PCI Package marks
ALC Allowance or charge; ALI Additional information; LIN Line; PIA More product IDs; IMD Description
MEA Measurement; QTY Quantity; QVR Quantity variance; PRI Price; GIN Identity numbers; GIR Identities
FTX Free text; CNT Control total; DOC Document that is paid; AJT Adjustment; DLI Document line
INP Instruction to a party; RNG Range; RTE Rate; RCS Requirements; EQD Equipment; HAN Handling; SCC Schedule
APR More about the price; GIS Process; AUT Authentication; BUS Business function; FCA Fees; STG Stages
CCI Characteristic; CAV Value of the characteristic; ERC Error; DGS Dangerous goods; PGI Product group
CPS Level of packing; CDI Condition; DLM Limits of the delivery; SGP Goods in the equipment; SEL Seal
EQA Attached equipment; COD Component; TMD Details of the transport; INV Movement of stock; STS Status
GEI Process; HYN Hierarchy; TRU Technical rules; EFI Linked file; CED Computer environment; PTY Priority
`;

const ELEMENTS = `
0001 Character set; 0002 Syntax version; 0004 Sender; 0007 Kind of ID; 0008 Address of the sender; 0010 Recipient
0014 Address of the recipient; 0017 Date; 0019 Time; 0020 Interchange reference; 0022 Password
0025 Kind of password; 0026 Application; 0029 Priority; 0031 Acknowledgment requested; 0032 Agreement
0035 Test; 0036 Number of messages or groups; 0038 Kind of message; 0040 Sender; 0044 Recipient
0048 Group reference; 0051 Agency; 0052 Version; 0054 Release; 0057 Association code; 0058 Password
0060 Number of messages; 0062 Message reference; 0065 Message; 0068 Common reference; 0070 Sequence
0073 First or last; 0074 Number of segments; 0081 Section; 0083 Answer; 0085 Reason; 0013 Segment
0135 Segment; 0096 Position of the segment; 0098 Position of the element; 0104 Position of the component
S001 Syntax; S002 Sender; S003 Recipient; S004 Prepared; S005 Password; S006 Sender; S007 Recipient
S008 Version; S009 Message; S010 Status; S011 Position
C002 Document; 1001 Kind of document; 1000 Document name; 1004 Document number; 1225 Function
4343 Answer wanted; 1131 Code list; 3055 Agency of the codes; C507 Date; 2005 Kind of date; 2380 Date
2379 Format; C506 Reference; 1153 Kind of reference; 1154 Reference; 1156 Line of the reference
3035 Role of the party; C082 Party; 3039 Party ID; C058 Name and address; 3124 Name and address
C080 Name; 3036 Name; 3045 Format of the name; C059 Street; 3042 Street; 3164 City; 3229 Region; 3251 Postal code
3207 Country; 3139 Function of the contact; C056 Contact; 3413 Contact ID; 3412 Contact name
C076 Number; 3148 Number; 3155 Kind of number; C504 Currency; 6347 Use of the currency; 6345 Currency
6343 Kind of currency; 5402 Exchange rate; 4279 Kind of terms; C110 Terms; 4277 Terms; C112 Time of payment
2475 Time reference; 2009 Relation in time; 2151 Kind of period; 2152 Number of periods
1082 Line number; 1229 Action; C212 Product; 7140 Product ID; 7143 Kind of product ID
4347 Use of the product IDs; 7077 Kind of description; 7081 Characteristic; C273 Description
7009 Description code; 7008 Description; 3453 Language; C186 Quantity; 6063 Kind of quantity; 6060 Quantity
6411 Unit; C509 Price; 5125 Kind of price; 5118 Price; 5375 Price type; 5387 Basis of the price
5284 Price per quantity; 5213 Kind of subline price; C516 Amount; 5025 Kind of amount; 5004 Amount; 4405 Status; 5283 Function of the tax
C241 Kind of tax; 5153 Kind of tax; 5152 Tax name; C533 Tax account; 5289 Tax account
5286 Basis of the tax; C243 Rate; 5279 Rate code; 5278 Rate; 5305 Tax category; 3446 Tax number
C501 Percentage; 5245 Kind of percentage; 5482 Percentage; 5249 Basis of the percentage
5463 Allowance or charge; C552 Allowance or charge; 1230 Number; 5189 Description code; 4471 Settlement
1227 Sequence; C214 Service; 7161 Service code; 7160 Service; 4451 Subject of the text; C108 Text; 4440 Text
4453 Function of the text; C107 Text code; 4441 Text code; C270 Control total; 6069 Kind of total; 6066 Total
C503 Document details; 1373 Document status; 1366 Source; 3153 Channel; C078 Account; 3194 Account; 3192 Account holder
C088 Bank; 3433 Bank; 3434 Branch; 3432 Bank name; 3227 Kind of place; C517 Place; 3225 Place ID; 3224 Place name
C534 Payment; 4439 Conditions of payment; 4431 Guarantee; 4461 Means of payment; 4435 Channel
4465 Reason of the adjustment; 4055 Function of the terms; C100 Terms of delivery; 4053 Terms of delivery
9321 Error code; 7164 Level; 7166 Level above; 7075 Kind of packing; 7001 Condition; 7006 Condition
4501 Direction of the stock movement; 7491 Kind of stock; 4499 Reason; 4503 Balance; 9015 Kind of status
8051 Stage of transport; 8067 Mode of transport; 7224 Number of packages; C279 Variance; 6064 Variance
`;

const CODES: Readonly<Record<string, string>> = {
	'0007': '1 DUNS; 14 GLN; ZZZ agreed by the parties; 30 ISO 6523; 9 DUNS with suffix',
	'0031': '1 acknowledgment; 2 receipt',
	'0035': '1 test',
	'0081': 'D header from lines; S lines from summary',
	'0083': '4 rejected; 7 accepted where nothing else is said; 8 received',
	1001: '220 order; 221 blanket order; 224 rush order; 226 call-off; 230 order change; 231 order answer; 325 pro forma invoice; 380 commercial invoice; 381 credit note; 383 debit note; 384 corrected invoice; 386 prepayment invoice; 389 self-billed invoice; 393 factored invoice; 481 remittance advice; 450 payment order; 351 despatch advice; 310 offer',
	1225: '1 cancellation; 2 addition; 3 deletion; 4 change; 5 replacement; 6 confirmation; 7 duplicate; 9 original; 31 copy; 43 additional transmission',
	2005: '2 delivery requested; 3 invoice; 4 order; 7 effective; 9 processed; 10 shipment requested; 11 despatch; 13 terms net due; 12 discount due; 35 delivered; 36 expiry; 50 goods receipt; 63 delivery latest; 64 delivery earliest; 69 delivery promised; 76 delivery scheduled; 131 tax point; 137 document; 138 payment; 140 payment due; 171 reference; 194 start; 206 end; 209 value date; 203 execution requested; 263 invoicing period; 167 start of the charge period',
	2379: '101 YYMMDD; 102 YYYYMMDD; 201 YYMMDDHHMM; 203 YYYYMMDDHHMM; 204 YYYYMMDDHHMMSS; 602 YYYY; 610 YYYYMM; 616 YYYYWW; 718 from YYYYMMDD to YYYYMMDD; 804 days; 802 months',
	1153: 'ON order number of the buyer; VN order number of the supplier; IV invoice number; OI previous invoice; DQ delivery note; AAK despatch advice; CT contract; VA VAT number; FC fiscal number; GN government number; XA company registration; API additional party ID; IA internal vendor number; IT internal customer number; CR reference of the customer; PQ payment reference; AGO reference of the sender; ACW previous message; CD credit note; DL debit note; ADE account number; ALO receiving advice; PL price list; LI line item; PK packing list',
	3035: 'BY buyer; SU supplier; SE seller; DP delivery party; IV invoicee; II issuer of the invoice; PE payee; PR payer; CN consignee; CZ consignor; UC final consignee; ST ship to; SF ship from; UD final customer; OB ordered by; OY ordering customer; BE beneficiary; BF bank of the beneficiary; MS sender of the message; MR recipient of the message; RB receiving bank; CA carrier; WH warehouse; PW despatch party',
	3055: '2 CEC; 5 ISO; 6 UN/ECE; 9 GS1 (EAN); 91 assigned by the supplier; 92 assigned by the buyer; 16 DUNS; 86 assigned by the party; 87 carrier; 293 BDEW',
	3139: 'IC information; PD purchasing; OC order contact; AD accounting; SU supplier contact; GR goods receiving',
	3155: 'TE phone; FX fax; EM e-mail; TL telex; AL mobile phone; EI EDI',
	6347: '2 reference; 3 target',
	6343: '4 invoicing; 9 order; 10 pricing; 11 payment',
	4279: '1 basic; 3 fixed date; 7 extended; 20 penalty; 22 discount',
	2475: '5 date of invoice; 1 date of order; 66 specified date; 9 date of receipt of the invoice',
	2009: '1 reference date; 2 before; 3 after',
	2151: 'D days; W weeks; M months; Y years; WD working days; CD calendar days',
	7143: 'EN EAN or GTIN; UP U.P.C.; SA article number of the supplier; BP part number of the buyer; IN item number of the buyer; VP part number of the vendor; MF article number of the maker; SRV GTIN; NB batch number; SN serial number; HS customs code; GN product group; CC commodity code; PV promotional variant; ZZZ agreed by the parties; AC HIBC; IB ISBN; IS ISSN',
	4347: '1 additional; 5 product ID; 2 possible substitute; 3 substituted by; 4 substituted for',
	7077: 'A free text, long; B code and text; C code; D free text, priced; E free text, short; F free text; S structured; X semi-structured',
	6063: '21 ordered; 46 delivered; 47 invoiced; 12 despatched; 48 received; 59 in the package; 61 returned; 83 backorder; 113 to be delivered; 192 free goods; 1 discrete; 52 per pack; 119 short; 124 damaged',
	6411: 'PCE piece; EA each; C62 one; KGM kilogram; GRM gram; LTR litre; MTR metre; MTK square metre; MTQ cubic metre; HUR hour; DAY day; MON month; CT carton; BX box; PK pack; PA packet; SET set; PR pair; TNE tonne; CS case; NAR article; PF pallet; ROL roll; P1 percent; LS lump sum; ZZ agreed by the parties',
	5125: 'AAA net calculation price; AAB gross calculation price; INF information price; INV invoice price; CAL calculation price',
	5387: 'CT contract; NTP net price; SRP suggested retail price; DPR discount price; GRP gross price; RTP retail price; CAT catalogue; INV invoice',
	5025: '9 due; 77 invoice total; 79 total of lines; 86 message total; 124 tax; 125 taxable; 128 total; 131 total of charges and allowances; 176 total of taxes; 203 line amount; 8 allowance or charge; 11 amount paid; 23 charge; 204 allowance; 38 invoice amount; 39 invoice total; 52 discount; 66 goods total; 113 prepaid; 146 unit price; 259 total charges; 260 total allowances; 21 cash discount; 25 charge basis; 119 amount received; 165 adjustment; 12 amount remitted',
	5283: '5 customs duty; 6 fee; 7 tax',
	5153: 'VAT value added tax; GST goods and services tax; ENV environment tax; EXC excise; OTH other; TOT total; LOC local sales tax; FRE free of tax; AAA petroleum tax; IMP import tax',
	5305: 'S standard; E exempt; Z zero rated; A mixed; B transferred; AE reverse charge; G export; O outside the scope; H higher; AA lower; AB exempt for resale; AC not now due; C duty paid by the supplier; K intra-community; L Canary Islands; M Ceuta and Melilla',
	5245: '1 allowance; 2 charge; 3 allowance or charge; 7 percentage of invoice; 12 discount; 15 penalty',
	5463: 'A allowance; C charge; N no allowance or charge',
	4451: 'AAI general; ZZZ agreed by the parties; PUR purchasing; AAB terms of payment; DEL delivery; INV invoice; PMT payment; TXD tax declaration; REG regulatory; AAR terms of delivery; PAC packing; SIN special instructions; CHG change; COI order; PRD product; PMD payment detail; ACB additional; CUS customs; LIN line item',
	6069: '1 total of quantities; 2 number of lines; 3 number of lines in all; 11 packages; 15 consignments; 7 gross weight',
	4461: '10 cash; 20 check; 30 credit transfer; 31 debit transfer; 42 to a bank account; 48 bank card; 49 direct debit; 1 not said; 58 SEPA credit transfer; 59 SEPA direct debit',
	'0065': 'INVOIC invoice; ORDERS purchase order; ORDRSP order answer; ORDCHG order change; DESADV despatch advice; REMADV remittance advice; PAYORD payment order; CONTRL syntax and service report; APERAK application error; RECADV receiving advice; PRICAT price catalogue; PARTIN party information; INVRPT inventory report; SLSRPT sales report; DELFOR delivery schedule; IFTMIN transport instruction; PAYMUL multiple payment; CREADV credit advice; DEBADV debit advice; UTILMD utilities master data; MSCONS metered services; BANSTA banking status; FINSTA bank statement',
};

const segments = tableOfWords(SEGMENTS);
const elements = tableOfWords(ELEMENTS);
const codes = new Map(Object.entries(CODES).map(([id, text]) => [id, tableOfWords(text)]));

/** Undefined where there is no name. */
export function edifactSegmentName(tag: string): string | undefined {
	return segments.get(tag);
}

/** Of a data element or composite, by its number. */
export function edifactElementName(id: string): string | undefined {
	return elements.get(id);
}

export function edifactCodeMeaning(id: string, code: string): string | undefined {
	return codes.get(id)?.get(code);
}
