import { amount, day, list, sum, text, whole, yesNo } from './fields';

const required = { required: true };

export const vendor = list('VENDOR', 'Suppliers', 'vendor', [
	text('code', 'Code', 20, required),
	text('name', 'Name', 60, required),
	text('searchCode', 'SearchCode', 30),
	text('address1', 'AddressLine1', 100),
	text('address2', 'AddressLine2', 100),
	text('address3', 'AddressLine3', 100),
	text('postcode', 'Postcode', 20),
	text('city', 'City', 60),
	text('state', 'State', 10),
	text('country', 'Country', 2),
	text('vatNumber', 'VATNumber', 20),
	text('chamberOfCommerce', 'ChamberOfCommerce', 30),
	text('gln', 'GlnNumber', 13),
	text('bankAccount', 'bankAccounts[0].BankAccount', 40),
	text('bic', 'bankAccounts[0].BICCode', 11),
	text('phone', 'Phone', 40),
	text('email', 'Email', 100),
	text('language', 'Language', 5),
	text('currency', 'PurchaseCurrency', 3),
	text('paymentCondition', 'PaymentConditionPurchase', 10),
	yesNo('blocked', 'Blocked'),
	text('status', 'Status', 1),
	day('startDate', 'StartDate'),
	day('endDate', 'EndDate'),
]);

export const glAccount = list('GL-ACCOUNT', 'General ledger accounts', 'account', [
	text('code', 'Code', 20, required),
	text('description', 'Description', 60, required),
	text('searchCode', 'SearchCode', 30),
	whole('type', 'Type', 4),
	text('balanceSide', 'BalanceSide', 1),
	text('balanceType', 'BalanceType', 1),
	yesNo('blocked', 'IsBlocked'),
	text('vatCode', 'VATCode', 5),
	text('costCenter', 'Costcenter', 20),
	text('costUnit', 'Costunit', 20),
	whole('useCostCenter', 'UseCostcenter', 1),
	whole('useCostUnit', 'UseCostunit', 1),
]);

export const glAccountMapping = list(
	'GL-MAPPING',
	'General ledger accounts and their classifications',
	'mapping',
	[
		text('glAccount', 'GLAccountCode', 20, required),
		text('glAccountName', 'GLAccountDescription', 60),
		text('schemeCode', 'GLSchemeCode', 20),
		text('scheme', 'GLSchemeDescription', 60),
		text('classificationCode', 'ClassificationCode', 30, required),
		text('classification', 'ClassificationDescription', 100),
	],
);

export const glTransactionLine = list(
	'GL-TRANS',
	'General ledger transaction lines',
	'transaction',
	[
		whole('entryNumber', 'EntryNumber', 10, required),
		whole('lineNumber', 'LineNumber', 5, required),
		text('journal', 'JournalCode', 10),
		whole('type', 'Type', 4),
		whole('status', 'Status', 3),
		day('date', 'Date', required),
		whole('year', 'FinancialYear', 4),
		whole('period', 'FinancialPeriod', 2),
		text('glAccount', 'GLAccountCode', 20, required),
		text('glAccountName', 'GLAccountDescription', 60),
		text('relationCode', 'AccountCode', 20),
		text('relationName', 'AccountName', 60),
		whole('invoiceNumber', 'InvoiceNumber', 10),
		text('yourReference', 'YourRef', 30),
		amount('amountCompanyCurrency', 'AmountDC', { required: true, total: true }),
		text('currency', 'Currency', 3),
		amount('amount', 'AmountFC'),
		text('vatCode', 'VATCode', 5),
		amount('amountVat', 'AmountVATFC'),
		text('costCenter', 'CostCenter', 20),
		text('costUnit', 'CostUnit', 20),
		text('description', 'Description', 100),
	],
	[
		sum('debitTotal', 'transaction.amountCompanyCurrency', { only: 'positive' }),
		sum('creditTotal', 'transaction.amountCompanyCurrency', { only: 'negative' }),
		sum('balance', 'transaction.amountCompanyCurrency'),
	],
);

export const costCenter = list('COST-CENTER', 'Cost centers', 'costCenter', [
	text('code', 'Code', 20, required),
	text('description', 'Description', 60),
	yesNo('active', 'Active'),
	day('endDate', 'EndDate'),
]);

export const costUnit = list('COST-UNIT', 'Cost units', 'costUnit', [
	text('code', 'Code', 20, required),
	text('description', 'Description', 60),
	day('endDate', 'EndDate'),
]);
