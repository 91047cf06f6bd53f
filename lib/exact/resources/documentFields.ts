import type { FieldTable } from './fieldTable';
import { fieldTable } from './fieldTable';

/** Fields of the document resources, from Exact's REST reference (2025-07). */

export const purchaseEntriesFields: FieldTable = fieldTable({
	Boolean: 'Reversal',
	DateTime: 'Created DueDate EntryDate Modified',
	Double: 'AmountDC AmountFC GAccountAmountFC Rate VATAmountDC VATAmountFC',
	Guid: 'EntryID Creator Document Modifier Supplier',
	Int16: 'ReportingPeriod ReportingYear Status',
	Int32: `
		BatchNumber Division DocumentNumber EntryNumber InvoiceNumber OrderNumber ProcessNumber
		Type
	`,
	String: `
		CreatorFullName Currency CustomField Description DocumentSubject ExternalLinkDescription
		ExternalLinkReference Journal JournalDescription ModifierFullName PaymentCondition
		PaymentConditionDescription PaymentConditionPaymentMethod PaymentReference
		StatusDescription SupplierName TypeDescription YourRef
	`,
});

export const purchaseEntryLinesFields: FieldTable = fieldTable({
	DateTime: 'From To',
	Double: `
		AmountDC AmountFC PrivateUsePercentage Quantity StatisticalNetWeight StatisticalQuantity
		StatisticalValue VATAmountDC VATAmountFC VATBaseAmountDC VATBaseAmountFC
		VATNonDeductiblePercentage VATPercentage WithholdingAmountDC
	`,
	Guid: 'ID Asset EntryID Expense? GLAccount Project Subscription TrackingNumber',
	Int32: 'Division LineNumber Type',
	String: `
		AssetDescription CostCenter CostCenterDescription CostUnit CostUnitDescription CustomField
		Description ExpenseDescription? GLAccountCode GLAccountDescription IntraStatArea
		IntraStatCountry IntraStatDeliveryTerm IntraStatTransactionA IntraStatTransactionB
		IntraStatTransportMethod Notes ProjectDescription SerialNumber StatisticalNumber
		SubscriptionDescription TrackingNumberDescription VATCode VATCodeDescription
		WithholdingTax
	`,
});

export const purchaseInvoicesFields: FieldTable = fieldTable({
	DateTime: 'DueDate InvoiceDate Modified',
	Double: `
		Amount AmountDC? AmountDiscount? AmountDiscountExclVat? AmountFCExclVat? Discount?
		ExchangeRate VATAmount
	`,
	Guid: 'ID ContactPerson Document Supplier Warehouse',
	Int16: 'FinancialPeriod FinancialYear Source Status Type',
	Int32: 'EntryNumber',
	String: 'Currency Description Journal PaymentCondition PaymentReference Remarks YourRef',
});

export const purchaseInvoiceLinesFields: FieldTable = fieldTable({
	Boolean: 'Rebill',
	DateTime: 'Modified',
	Double: `
		Amount AmountDC? Discount NetPrice Quantity QuantityInDefaultUnits UnitPrice VATAmount
		VATPercentage
	`,
	Guid: 'ID Expense InvoiceID Item Project PurchaseOrderLine',
	Int16: 'InvoiceType?',
	Int32: 'LineNumber',
	String: `
		CostCenter CostUnit Currency CustomField Description ExpenseDescription ItemUnit Notes
		Unit VATCode
	`,
});

export const purchaseOrdersFields: FieldTable = fieldTable({
	Boolean: 'DropShipment',
	DateTime: 'Approved Created Modified OrderDate ReceiptDate',
	Double: `
		AmountDC AmountDiscount? AmountDiscountExclVat? AmountFC AmountFCExclVat? Discount?
		ExchangeRate VATAmount
	`,
	Guid: `
		PurchaseOrderID Approver Creator DeliveryAccount DeliveryAddress DeliveryContact Document
		Modifier PurchaseAgent SalesOrder SelectionCode ShippingMethod Supplier SupplierContact
		Warehouse
	`,
	Int16: 'ApprovalStatus IncotermVersion Source',
	Int32: `
		Division InvoiceStatus OrderNumber OrderStatus PurchaseOrderLineCount ReceiptStatus
		SalesOrderNumber
	`,
	String: `
		ApprovalStatusDescription ApproverFullName CreatorFullName Currency DeliveryAccountCode
		DeliveryAccountName DeliveryContactPersonFullName Description DocumentSubject
		IncotermAddress IncotermCode ModifierFullName PaymentCondition PaymentConditionDescription
		PurchaseAgentFullName Remarks SelectionCodeCode SelectionCodeDescription
		ShippingMethodCode ShippingMethodDescription SupplierCode SupplierContactPersonFullName
		SupplierName WarehouseCode WarehouseDescription YourRef
	`,
});

export const purchaseOrderLinesFields: FieldTable = fieldTable({
	Boolean: 'ItemDivisable Rebill',
	Byte: 'IsBatchNumberItem IsSerialNumberItem SupplierItemCopyRemarks',
	DateTime: 'Created Modified ReceiptDate',
	Double: `
		AmountDC AmountFC Discount InStock InvoicedQuantity NetPrice ProjectedStock Quantity
		QuantityInPurchaseUnits ReceivedQuantity UnitPrice VATAmount VATPercentage
	`,
	Guid: `
		ID Creator Expense Item Modifier Project PurchaseOrderID SalesOrder SalesOrderLine
		ShopOrder? ShopOrderMaterialPlan? ShopOrderRoutingStepPlan?
	`,
	Int32: `
		Division LineNumber SalesOrderLineNumber SalesOrderNumber ShopOrderMaterialPlanLineNumber?
		ShopOrderNumber? ShopOrderRoutingStepPlanLineNumber?
	`,
	String: `
		CostCenter CostCenterDescription CostUnit CostUnitDescription CreatorFullName CustomField
		Description ExpenseDescription ItemBarcode ItemBarcodeAdditional ItemCode ItemDescription
		ModifierFullName Notes ProjectCode ProjectDescription SupplierItemCode Unit
		UnitDescription VATCode VATDescription
	`,
});

export const paymentsFields: FieldTable = fieldTable({
	Boolean: 'TransactionIsReversal',
	Byte: 'IsBatchBooking',
	DateTime: `
		Created DiscountDueDate DueDate EndDate EntryDate InvoiceDate Modified PaymentSelected
		TransactionDueDate
	`,
	Double: `
		AmountDC AmountDiscountDC AmountDiscountFC AmountFC PaymentDiscountPercentage RateFC
		TransactionAmountDC TransactionAmountFC
	`,
	Guid: `
		ID Account AccountBankAccountID AccountContact BankAccountID Creator Document EntryID
		GLAccount Modifier PaymentSelector TransactionEntryID TransactionID
	`,
	Int16: `
		EndPeriod EndYear Status TransactionReportingPeriod TransactionReportingYear
		TransactionStatus
	`,
	Int32: `
		Division DocumentNumber EntryNumber InvoiceNumber PaymentBatchNumber PaymentDays
		PaymentDaysDiscount Source TransactionType
	`,
	String: `
		AccountBankAccountNumber AccountCode AccountContactName AccountName BankAccountNumber
		CashflowTransactionBatchCode CreatorFullName Currency Description DocumentSubject
		GLAccountCode GLAccountDescription Journal JournalDescription ModifierFullName
		PaymentCondition PaymentConditionDescription PaymentMethod PaymentReference
		PaymentSelectorFullName YourRef
	`,
});

export const transactionLinesFields: FieldTable = fieldTable({
	DateTime: 'Created Date DueDate Modified',
	Double: `
		AmountDC AmountFC AmountVATBaseFC AmountVATFC ExchangeRate ExtraDutyAmountFC
		ExtraDutyPercentage PaymentDiscountAmount Quantity VATPercentage
	`,
	Guid: `
		ID Account Asset Creator Document EntryID GLAccount Item Modifier OffsetID Project
		ProjectWBS? ShopOrder Subscription
	`,
	Int16: 'FinancialPeriod FinancialYear LineType Status',
	Int32: 'Division DocumentNumber EntryNumber InvoiceNumber LineNumber OrderNumber Type',
	String: `
		AccountCode AccountName AssetCode AssetDescription CostCenter CostCenterDescription
		CostUnit CostUnitDescription CreatorFullName Currency CustomField Description
		DocumentSubject ExternalLinkDescription ExternalLinkReference GLAccountCode
		GLAccountDescription ItemCode ItemDescription JournalCode JournalDescription
		ModifierFullName Notes PaymentReference ProjectCode ProjectDescription
		ProjectWBSDescription? SerialNumber? SubscriptionDescription TrackingNumber
		TrackingNumberDescription VATCode VATCodeDescription VATType YourRef
	`,
});
