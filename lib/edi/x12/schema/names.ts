import { tableOfWords } from '../../syntax';

/**
 * What segments, data elements and their most frequent codes are called, in words of our own: for
 * people who look at a file. Nothing is checked by them.
 */

const SEGMENTS = `
ISA Interchange header; IEA Interchange trailer; GS Functional group header; GE Functional group trailer
ST Transaction set header; SE Transaction set trailer; TA1 Interchange acknowledgment
AK1 Group that is answered; AK2 Set that is answered; AK3 Segment in error; AK4 Element in error
AK5 Answer to the set; AK9 Answer to the group; IK3 Segment in error; IK4 Element in error
IK5 Answer to the set; CTX Context; BIG Beginning of the invoice; BEG Beginning of the purchase order
BPR Beginning of the remittance; TRN Trace number; CUR Currency; REF Reference; DTM Date or time
N1 Party; N2 More of the name; N3 Street; N4 City and country; PER Contact; ITD Terms of payment
FOB Terms of delivery; IT1 Invoice line; PO1 Order line; PID Description; PO4 Packing; QTY Quantity
SAC Allowance, charge or service; TXI Tax; TDS Total of the invoice; CTT Totals of the set; AMT Amount
ENT Entity; RMR Invoice that is paid; ADX Adjustment; NTE Note; MSG Message; MTX Text; N9 Reference
CTP Price; MEA Measurement; PWK Paperwork; PKG Packaging; CAD Carrier; TD1 Packages of the carrier
TD5 Route of the carrier; TD3 Equipment of the carrier; SLN Subline; SDQ Quantities by destination
SCH Delivery schedule; ISS Shipment totals; BAL Balance; DED Deduction; LIN Item; TAX Tax reference
CSH Terms of sale; DIS Discount; LM Code source; LQ Industry code; NM1 Name; RDM Remittance delivery
TXP Tax payment; LX Line number; LS Loop header; LE Loop trailer; BGN Beginning; OTI Original set
TED Error description; BSN Beginning of the ship notice; HL Level; BAK Beginning of the order answer
BCH Beginning of the order change; ACK Answer to the line; POC Changed line; SN1 Shipped item
PRF Purchase order; BRA Beginning of the receipt; RCD Received item; BIA Beginning of the inventory
BCT Beginning of the catalogue; RED Related data; CLD Load; PAL Pallet; UIT Unit; BHT Beginning of the hierarchy
`;

const ELEMENTS = `
I01 Authorization qualifier; I02 Authorization; I03 Security qualifier; I04 Security information
I05 ID qualifier; I06 Sender ID; I07 Receiver ID; I08 Date; I09 Time; I10 Standard
I11 Control version; I12 Control number; I13 Acknowledgment requested; I14 Usage
I15 Component separator; I16 Number of groups; I17 Answer; I18 Reason; I65 Repetition separator
479 Functional identifier; 142 Sender; 124 Receiver; 373 Date; 337 Time; 28 Group control number
455 Agency; 480 Version; 97 Number of sets; 143 Transaction set; 329 Set control number
1705 Implementation guide; 96 Number of segments; 76 Invoice number; 324 Order number
328 Release number; 327 Change number; 640 Kind of transaction; 353 Purpose; 306 Action; 92 Kind of order
367 Contract number; 587 Acknowledgment type; 98 Entity; 100 Currency; 280 Exchange rate
669 Currency market; 374 Kind of date; 623 Time zone; 128 Kind of reference; 127 Reference
352 Description; 93 Name; 66 Kind of ID; 67 ID; 706 Relationship; 166 Address; 19 City; 156 State
116 Postal code; 26 Country; 309 Kind of place; 310 Place; 366 Contact function; 365 Kind of number
364 Number; 443 Inquiry reference; 336 Kind of terms; 333 Basis date; 338 Discount percentage
370 Discount until; 351 Discount days; 446 Due date; 386 Net days; 362 Discount amount
388 Deferred due date; 389 Deferred amount; 342 Percentage payable; 765 Day of the month
107 Payment method; 954 Percentage; 350 Line number; 358 Quantity invoiced; 330 Quantity ordered
355 Unit; 212 Unit price; 639 Basis of the price; 235 Kind of product ID; 234 Product ID
349 Kind of description; 750 Characteristic; 559 Agency of the codes; 751 Description code
248 Allowance or charge; 1300 Service; 1301 Agency service code; 610 Amount; 378 Percentage basis
332 Percentage; 118 Rate; 331 Method of handling; 770 Option; 819 Language; 963 Kind of tax; 782 Amount
955 Jurisdiction qualifier; 956 Jurisdiction; 441 Exempt; 662 Relationship; 828 Basis of the tax
325 Tax number; 354 Number of lines; 347 Hash total; 81 Weight; 183 Volume; 522 Kind of amount
305 Handling; 478 Credit or debit; 591 Payment method; 812 Payment format; 506 Kind of bank number
507 Bank; 569 Kind of account; 508 Account; 509 Company identifier; 510 Supplemental code
481 Kind of trace; 554 Number; 482 Payment action; 426 Reason; 380 Quantity; 673 Kind of quantity
363 Kind of note; 933 Text; 236 Kind of price; 687 Class of trade; 146 Freight payer; 334 Terms of trade
335 Terms of delivery; 715 Answer to the group; 716 Reason; 717 Answer to the set; 718 Reason; 123 Sets received
2 Sets accepted; 719 Position of the segment; 720 Reason; 721 Segment; 447 Loop; 722 Position of the element
1528 Position of the component; 1686 Position of the repetition; 725 Data element; 723 Reason; 724 Value
C030 Position; C040 More references; C001 Composite unit; 620 Reason; 621 Reason; 618 Reason
`;

const CODES: Readonly<Record<string, string>> = {
	I05: '01 DUNS; 08 UCC; 12 phone number; 14 DUNS with suffix; 20 HIN; 27 carrier; 28 fiscal intermediary; 30 tax number; ZZ agreed by the parties',
	I13: '0 no; 1 yes',
	I14: 'P production; T test; I information',
	I17: 'A accepted; E accepted with errors; R rejected',
	479: 'IN invoices; PO purchase orders; RA remittance; FA acknowledgments; PR order answers; PC order changes; SH ship notices; AG application advice',
	143: '810 invoice; 820 payment order or remittance; 850 purchase order; 997 functional acknowledgment; 999 implementation acknowledgment; 824 application advice; 855 order answer; 856 ship notice; 860 order change',
	353: '00 original; 01 cancellation; 04 change; 05 replacement; 06 confirmation; 07 duplicate',
	92: 'SA stand-alone order; NE new order; BK blanket order; RL release; DS drop shipment; RO rush order',
	640: 'DI debit invoice; CR credit memo; CN credit invoice; DR debit memo; PR product or service',
	98: 'BT bill to; BY buyer; SE seller; SU supplier; ST ship to; SF ship from; VN vendor; RE remit to; RI remit to; PR payer; PE payee; II issuer of the invoice; SO sold to',
	66: '1 DUNS; 9 DUNS with suffix; 91 number of the seller; 92 number of the buyer; UL GLN; ZZ agreed by the parties; FI tax number; 93 code of the originator',
	374: '002 delivery requested; 003 invoice; 004 purchase order; 009 processed; 010 ship requested; 011 shipped; 035 delivered; 050 received; 097 transaction; 150 period start; 151 period end; 186 invoice period start; 187 invoice period end',
	128: 'DP department; IA internal vendor number; IV invoice number of the seller; PO purchase order; CO order of the customer; VN order of the vendor; VR vendor number; GZ general ledger account; VX VAT number; CT contract; BM bill of lading; ZZ agreed by the parties; CM credit memo; OI original invoice; PK packing list; EI employer number; TN transaction; TX tax exempt number',
	366: 'IC information; BD buyer; AR accounts receivable; AP accounts payable; OC order contact; CN general contact',
	365: 'TE phone; FX fax; EM e-mail; UR web address',
	336: '01 basic; 02 end of month; 05 discount not applicable; 08 basic discount; 14 previously agreed; ZZ agreed by the parties',
	333: '1 ship date; 2 delivery date; 3 invoice date; 4 specified date; 5 receipt of the invoice',
	355: 'EA each; CA case; BX box; PC piece; KG kilogram; GR gram; LB pound; HR hour; DA day; MO month; LT litre; MR metre; PK package; PR pair; DZ dozen; SM square metre; UN unit; ST set; TN short ton',
	235: 'UP U.P.C.; EN EAN; VP part number of the vendor; VN item number of the vendor; BP part number of the buyer; IN item number of the buyer; MG part number of the maker; SK stock keeping unit; PO purchase order; UK shipping container code',
	349: 'F free text; S coded; X both',
	248: 'A allowance; C charge; N no allowance or charge; P promotion; Q charge request; R allowance request; S service',
	331: '01 billed back; 02 off the invoice; 04 credit to the account; 06 charge to be paid by the customer; 05 charge to be paid by the vendor',
	963: 'VA value added tax; ST state sales tax; LS state and local sales tax; GS goods and services tax; TX all taxes; LT local sales tax; CT county tax; FT federal excise; SP state or provincial tax',
	305: 'C payment with remittance; D payment; I remittance only; P prenotification; U split payment and remittance; X handling party; E debit and credit advice',
	478: 'C credit; D debit',
	591: 'ACH automated clearing house; CHK check; BOP financial institution option; FWT wire; NON no payment; SWT SWIFT; ZZZ agreed by the parties',
	481: '1 current trace; 2 referenced trace; 3 financial reassociation trace',
	715: 'A accepted; E accepted with errors; P partially accepted; R rejected; M rejected, authentication failed; W rejected, assurance failed; X rejected, not decrypted',
	717: 'A accepted; E accepted with errors; R rejected; M rejected, authentication failed; W rejected, assurance failed; X rejected, not decrypted',
	522: '1 line total; TT total; N net; BAP base amount; 5 invoiced; T tax',
	441: '1 exempt; 2 not exempt',
};

const segments = tableOfWords(SEGMENTS);
const elements = tableOfWords(ELEMENTS);
const codes = new Map(Object.entries(CODES).map(([id, text]) => [id, tableOfWords(text)]));

/** Undefined where there is no name. */
export function x12SegmentName(tag: string): string | undefined {
	return segments.get(tag);
}

/** Of a data element or composite, by its number. */
export function x12ElementName(id: string): string | undefined {
	return elements.get(id);
}

export function x12CodeMeaning(id: string, code: string): string | undefined {
	return codes.get(id)?.get(code);
}
