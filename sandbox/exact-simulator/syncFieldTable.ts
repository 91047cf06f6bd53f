/**
 * Sync endpoints: fields by EDM type, as Exact's REST reference lists them (2025-07).
 * One string per entity keeps the table readable; `entities.ts` takes it apart.
 */
export const SYNC_FIELD_TABLE: Readonly<Record<string, string>> = {
	'sync/CRM/Accounts': `
		Guid: Accountant AccountManager ActivitySector ActivitySubSector BRIN BusinessType
		Classification1 Classification2 Classification3 Classification4 Classification5
		Classification6 Classification7 Classification8 CompanySize Creator Document
		GLAccountPurchase GLAccountSales GLAP GLAR ID InvoiceAccount LeadPurpose LeadSource
		MainContact Modifier Parent PriceList Reseller SalesTaxSchedule ShippingMethod
		String: AccountManagerFullName AddressLine1 AddressLine2 AddressLine3 BSN
		ChamberOfCommerce City Classification ClassificationDescription Code CodeAtSupplier
		Costcenter CostcenterDescription Country CountryName CreatorFullName Currency CustomField
		DatevCreditorCode DatevDebtorCode DunsNumber Email EORINumber Fax GlnNumber
		IncotermAddressPurchase IncotermAddressSales IncotermCodePurchase IncotermCodeSales
		IntraStatArea IntraStatDeliveryTerm IntraStatSystem IntraStatTransactionA
		IntraStatTransactionB IntraStatTransportMethod InvoiceAccountCode InvoiceAccountName
		Language LanguageDescription LogoFileName LogoThumbnailUrl LogoUrl ModifierFullName Name
		OINNumber PayAsYouEarn PaymentConditionPurchase PaymentConditionPurchaseDescription
		PaymentConditionSales PaymentConditionSalesDescription PeppolIdentifier Phone
		PhoneExtension Postcode PurchaseCurrency PurchaseCurrencyDescription PurchaseVATCode
		PurchaseVATCodeDescription Remarks ResellerCode ResellerName RSIN SalesCurrency
		SalesCurrencyDescription SalesTaxScheduleCode SalesTaxScheduleDescription SalesVATCode
		SalesVATCodeDescription SearchCode State StateName Status TradeName Type
		UniqueTaxpayerReference VATLiability VATNumber Website
		Double: CreditLinePurchase CreditLineSales DiscountPurchase DiscountSales Latitude
		Longitude
		Int16: IncotermVersionPurchase IncotermVersionSales
		Int32: AccountManagerHID Division InvoiceAttachmentType InvoicingMethod
		PeppolIdentifierType PurchaseLeadDays SecurityLevel ShippingLeadDays
		Int64: Timestamp
		Byte: AddressSource AutomaticProcessProposedEntry ConsolidationScenario CostPaid
		DeliveryAdvice IsAccountant IsAgency IsAnonymised IsCompetitor IsMailing
		SeparateInvPerProject SeparateInvPerSubscription Source
		Boolean: Blocked CanDropShip EnableSalesPaymentLink HasWithholdingTaxSales
		IgnoreDatevWarningMessage IsBank IsExtraDuty IsMember IsPilot IsPurchase IsReseller
		IsSales IsSupplier RecepientOfCommissions ShowRemarkForSales
		DateTime: ControlledDate Created CustomerSince EndDate EstablishedDate Modified StartDate
		StatusSince
		Binary: Logo
		Collection: BankAccounts
	`,
	'sync/CRM/Addresses': `
		Guid: Account Contact Creator ID Modifier Warehouse
		String: AccountName AddressLine1 AddressLine2 AddressLine3 City ContactName Country
		CountryName CreatorFullName CustomField Fax FreeTextField_01 FreeTextField_02
		FreeTextField_03 FreeTextField_04 FreeTextField_05 Mailbox ModifierFullName NicNumber
		Notes Phone PhoneExtension Postcode State StateDescription WarehouseCode
		WarehouseDescription
		Double: FreeNumberField_01 FreeNumberField_02 FreeNumberField_03 FreeNumberField_04
		FreeNumberField_05
		Int16: Type
		Int32: Division
		Int64: Timestamp
		Byte: Source
		Boolean: AccountIsSupplier FreeBoolField_01 FreeBoolField_02 FreeBoolField_03
		FreeBoolField_04 FreeBoolField_05 Main
		DateTime: Created FreeDateField_01 FreeDateField_02 FreeDateField_03 FreeDateField_04
		FreeDateField_05 Modified
	`,
	'sync/Financial/GLAccounts': `
		Guid: Creator ID Modifier PrivateGLAccount VATNonDeductibleGLAccount YearEndCostGLAccount
		YearEndReflectionGLAccount
		String: BalanceSide BalanceType Code Costcenter CostcenterDescription Costunit
		CostunitDescription CreatorFullName CustomField Description ModifierFullName ReportingCode
		SearchCode TypeDescription VATCode VATDescription VATGLAccountType VATSystem
		Double: ExpenseNonDeductiblePercentage PrivatePercentage VATNonDeductiblePercentage
		Int16: AssimilatedVATBox
		Int32: BelcotaxType DescriptionTermID Division Type
		Int64: Timestamp
		Byte: AllowCostsInSales ExcludeVATListing UseCostcenter UseCostunit
		Boolean: Compress IsBlocked Matching RevalueCurrency
		DateTime: Created Modified
	`,
	'sync/Financial/GLClassifications': `
		Guid: Creator ID Modifier Parent TaxonomyNamespace Type
		String: Balance Code CreatorFullName Description ModifierFullName Name PeriodType
		SubstitutionGroup TaxonomyNamespaceDescription
		Int32: Division
		Int64: Timestamp
		Boolean: Abstract IsTupleSubElement Nillable
		DateTime: Created Modified
	`,
	'sync/Financial/TransactionLines': `
		Guid: Account Asset Creator Document EntryID GLAccount ID Item Modifier OffsetID Project
		ProjectWBS Subscription
		String: AccountCode AccountName AssetCode AssetDescription CostCenter
		CostCenterDescription CostUnit CostUnitDescription CreatorFullName Currency CustomField
		Description DocumentSubject ExternalLinkDescription ExternalLinkReference GLAccountCode
		GLAccountDescription ItemCode ItemDescription JournalCode JournalDescription
		ModifierFullName Notes PaymentReference ProjectCode ProjectDescription
		ProjectWBSDescription SerialNumber SubscriptionDescription TrackingNumber
		TrackingNumberDescription VATCode VATCodeDescription VATType YourRef
		Double: AmountDC AmountFC AmountVATBaseFC AmountVATFC ExchangeRate ExtraDutyAmountFC
		ExtraDutyPercentage PaymentDiscountAmount Quantity VATPercentage
		Int16: FinancialPeriod FinancialYear LineType Status
		Int32: Division DocumentNumber EntryNumber InvoiceNumber LineNumber OrderNumber Type
		Int64: Timestamp
		DateTime: Created Date DueDate Modified
	`,
	'sync/Cashflow/PaymentTerms': `
		Guid: Account AccountBankAccountID AccountContact BankAccountID Creator DirectDebitMandate
		Document EntryID GLAccount ID Modifier PaymentSelector ReceivableSelector
		TransactionEntryID TransactionID
		String: AccountBankAccountNumber AccountCode AccountContactName AccountCountry AccountName
		BankAccountNumber CashflowTransactionBatchCode CreatorFullName Currency Description
		DirectDebitMandateDescription DirectDebitMandateReference DocumentSubject EndToEndID
		GLAccountCode GLAccountDescription Journal JournalDescription ModifierFullName
		PaymentCondition PaymentConditionDescription PaymentInformationID PaymentMethod
		PaymentReference PaymentSelectorFullName ReceivableSelectorFullName YourRef
		Double: AmountDC AmountDiscountDC AmountDiscountFC AmountFC PaymentDiscountPercentage
		RateFC TransactionAmountDC TransactionAmountFC
		Int16: ApprovalStatus DirectDebitMandatePaymentType DirectDebitMandateType EndPeriod
		EndYear LineType Status TransactionReportingPeriod TransactionReportingYear
		TransactionStatus
		Int32: Division DocumentNumber EntryNumber InvoiceNumber OrderNumber PaymentBatchNumber
		PaymentDays PaymentDaysDiscount ReceivableBatchNumber Source TransactionType
		Int64: Timestamp
		Byte: IsBatchBooking
		Boolean: IsFullyPaid TransactionIsReversal
		DateTime: Created DiscountDueDate DueDate EndDate EntryDate InvoiceDate LastPaymentDate
		Modified PaymentSelected ReceivableSelected TransactionDueDate
	`,
	'sync/PurchaseOrder/PurchaseOrders': `
		Guid: Approver CostCenter CostUnit Creator DeliveryAccount DeliveryAddress DeliveryContact
		Document Expense ID Item Modifier Project PurchaseAgent PurchaseOrderID SalesOrder
		SalesOrderLine SelectionCode ShippingMethod Supplier SupplierContact Warehouse
		String: ApprovalStatusDescription ApproverFullName CostCenterCode CostCenterDescription
		CostUnitCode CostUnitDescription CreatorFullName Currency CustomField DeliveryAccountCode
		DeliveryAccountName DeliveryContactPersonFullName Description DocumentSubject
		ExpenseDescription IncotermAddress IncotermCode ItemBarcode ItemCode ItemDescription
		ModifierFullName Notes PaymentCondition PaymentConditionDescription ProjectCode
		ProjectDescription PurchaseAgentFullName Remarks SelectionCodeCode
		SelectionCodeDescription ShippingMethodCode ShippingMethodDescription SupplierCode
		SupplierContactPersonFullName SupplierItemCode SupplierName Unit UnitDescription VATCode
		VATDescription WarehouseCode WarehouseDescription YourRef
		Double: AmountDC AmountDiscount AmountDiscountExclVat AmountFC AmountFCExclVat Discount
		ExchangeRate InvoicedQuantity NetPrice Quantity QuantityInPurchaseUnits ReceivedQuantity
		UnitPrice VATAmount VATPercentage
		Int16: ApprovalStatus IncotermVersion Source
		Int32: Division DocumentNumber InvoiceStatus LineNumber OrderNumber OrderStatus
		ReceiptStatus SalesOrderLineNumber SalesOrderNumber SendingMethod
		Int64: Timestamp
		Byte: IsBatchNumberItem IsSerialNumberItem SupplierItemCopyRemarks
		Boolean: DropShipment ItemDivisable Rebill
		DateTime: Approved Created Modified OrderDate ReceiptDate
	`,
	'sync/Logistics/Items': `
		Guid: Creator GLCosts GLCostsWorkInProgress GLRevenue GLRevenueWorkInProgress GLStock ID
		ItemGroup Modifier
		String: Barcode Class_01 Class_02 Class_03 Class_04 Class_05 Class_06 Class_07 Class_08
		Class_09 Class_10 Code CostPriceCurrency CreatorFullName CustomField Description
		ExtraDescription FreeTextField_01 FreeTextField_02 FreeTextField_03 FreeTextField_04
		FreeTextField_05 FreeTextField_06 FreeTextField_07 FreeTextField_08 FreeTextField_09
		FreeTextField_10 GLCostsCode GLCostsDescription GLCostsWorkInProgressCode
		GLCostsWorkInProgressDescription GLRevenueCode GLRevenueDescription
		GLRevenueWorkInProgressCode GLRevenueWorkInProgressDescription GLStockCode
		GLStockDescription ItemGroupCode ItemGroupDescription ModifierFullName NetWeightUnit Notes
		PictureName PictureThumbnailUrl PictureUrl SalesVatCode SalesVatCodeDescription SearchCode
		StatisticalCode Unit UnitDescription UnitType
		Double: AverageCost BatchQuantity CostPriceNew CostPriceStandard FreeNumberField_01
		FreeNumberField_02 FreeNumberField_03 FreeNumberField_04 FreeNumberField_05
		FreeNumberField_06 FreeNumberField_07 FreeNumberField_08 GrossWeight NetWeight
		StatisticalNetWeight StatisticalUnits StatisticalValue Stock
		Int32: AssembledLeadDays Division SecurityLevel
		Int64: Timestamp
		Byte: CopyRemarks IsBatchItem IsMakeItem IsNewContract IsOnDemandItem
		IsRegistrationCodeItem IsTaxableItem IsTime IsWebshopItem UseExplosion
		Boolean: FreeBoolField_01 FreeBoolField_02 FreeBoolField_03 FreeBoolField_04
		FreeBoolField_05 IsFractionAllowedItem IsPackageItem IsPurchaseItem IsSalesItem
		IsSerialItem IsStockItem IsSubcontractedItem
		DateTime: Created EndDate FreeDateField_01 FreeDateField_02 FreeDateField_03
		FreeDateField_04 FreeDateField_05 Modified StartDate
		Binary: Picture
	`,
	'sync/Logistics/SupplierItem': `
		Guid: Creator ID Item ItemUnit Modifier Supplier
		String: Barcode CountryOfOrigin CountryOfOriginDescription CreatorFullName Currency
		CurrencyDescription ItemCode ItemDescription ItemUnitCode ItemUnitDescription
		ModifierFullName Notes PurchaseUnit PurchaseUnitDescription PurchaseVATCode
		PurchaseVATCodeDescription SupplierCode SupplierDescription SupplierItemCode
		Double: MinimumQuantity PurchasePrice PurchaseUnitFactor
		Int32: Division PurchaseLeadTime PurchaseLotSize
		Int64: Timestamp
		Byte: CopyRemarks DropShipment
		Boolean: MainSupplier
		DateTime: Created EndDate Modified StartDate
	`,
	'sync/Deleted': `
		Guid: DeletedBy EntityKey ID
		Int32: Division EntityType
		Int64: Timestamp
		DateTime: DeletedDate
	`,
};
