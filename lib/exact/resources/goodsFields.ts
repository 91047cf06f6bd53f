import type { FieldTable } from './fieldTable';
import { fieldTable } from './fieldTable';

/** Goods, documents and codes: fields by EDM type, as Exact's REST reference lists them (2025-07). */

/** `purchaseorder/GoodsReceipts` */
export const goodsReceiptsFields: FieldTable = fieldTable({
	DateTime: `
		Created Modified ReceiptDate
	`,
	Guid: `
		ID Creator Document Modifier Supplier SupplierContact Warehouse
	`,
	Int32: `
		Division EntryNumber GoodsReceiptLineCount ReceiptNumber
	`,
	String: `
		CreatorFullName Description DocumentSubject ModifierFullName Remarks SupplierCode
		SupplierContactFullName SupplierName WarehouseCode WarehouseDescription YourRef
	`,
});

/** `purchaseorder/GoodsReceiptLines` */
export const goodsReceiptLinesFields: FieldTable = fieldTable({
	Boolean: `
		Rebill
	`,
	DateTime: `
		Created Modified
	`,
	Double: `
		QuantityOrdered QuantityReceived
	`,
	Guid: `
		ID Creator Expense GoodsReceiptID Item Location Modifier Project PurchaseOrderID
		PurchaseOrderLineID
	`,
	Int32: `
		Division LineNumber PurchaseOrderNumber
	`,
	String: `
		CreatorFullName Description ExpenseDescription ItemCode ItemDescription ItemUnitCode
		LocationCode LocationDescription ModifierFullName Notes ProjectCode ProjectDescription
		SupplierItemCode
	`,
});

/** `inventory/ItemWarehouses` */
export const stockPositionsFields: FieldTable = fieldTable({
	Boolean: `
		ItemIsFractionAllowedItem
	`,
	DateTime: `
		Created Modified
	`,
	Double: `
		CurrentStock MaximumStock PlannedStockIn PlannedStockOut ProjectedStock ReorderPoint
		ReservedStock SafetyStock
	`,
	Guid: `
		ID Creator DefaultStorageLocation Item Modifier Warehouse
	`,
	Int32: `
		Division
	`,
	String: `
		CreatorFullName DefaultStorageLocationCode DefaultStorageLocationDescription ItemCode
		ItemDescription ItemUnit ItemUnitDescription ModifierFullName WarehouseCode
		WarehouseDescription
	`,
});

/** `financial/Journals` */
export const journalsFields: FieldTable = fieldTable({
	Boolean: `
		AllowVariableCurrency AllowVariableExchangeRate AllowVAT AutoSave BankAccountUseSEPA?
		BankAccountUseSepaDirectDebit? IsBlocked
	`,
	DateTime: `
		Created Modified
	`,
	Guid: `
		ID Bank BankAccountID Creator GLAccount Modifier PaymentInTransitAccount
	`,
	Int32: `
		Division GLAccountType PaymentServiceProvider Type
	`,
	String: `
		BankAccountBICCode BankAccountCountry BankAccountDescription BankAccountIBAN
		BankAccountIncludingMask BankName Code CreatorFullName Currency CurrencyDescription CustomField
		Description GLAccountCode GLAccountDescription ModifierFullName PaymentServiceAccountIdentifier
		PaymentServiceProviderName
	`,
});

/** `financial/GLClassifications` */
export const glClassificationsFields: FieldTable = fieldTable({
	Boolean: `
		Abstract IsTupleSubElement? Nillable
	`,
	DateTime: `
		Created Modified
	`,
	Guid: `
		ID Creator Modifier Parent TaxonomyNamespace Type
	`,
	Int32: `
		Division
	`,
	String: `
		Balance Code CreatorFullName Description ModifierFullName Name PeriodType SubstitutionGroup
		TaxonomyNamespaceDescription
	`,
});

/** `documents/Documents` */
export const documentsFields: FieldTable = fieldTable({
	Boolean: `
		HasEmptyBody InheritShare
	`,
	DateTime: `
		Created DocumentDate ExpiryDate Modified
	`,
	Double: `
		AmountFC
	`,
	Guid: `
		ID Account Category Contact ContractID Creator DocumentFolder FinancialTransactionEntryID Item
		Modifier Opportunity Project
	`,
	Int16: `
		ProposedEntryStatus ScanServiceStatus?
	`,
	Int32: `
		Division HID SalesInvoiceNumber SalesOrderNumber SendMethod ShopOrderNumber Type
	`,
	String: `
		AccountCode AccountName CategoryDescription ContactFullName ContractNumber CreatorFullName
		Currency DocumentFolderCode DocumentFolderDescription DocumentViewUrl ItemCode ItemDescription
		Language ModifierFullName ProjectCode ProjectDescription Subject TeamsMeetingId TypeDescription
	`,
});

/** `documents/DocumentAttachments` */
export const documentAttachmentsFields: FieldTable = fieldTable({
	Double: `
		FileSize
	`,
	Guid: `
		ID Document
	`,
	String: `
		FileName Url
	`,
});
