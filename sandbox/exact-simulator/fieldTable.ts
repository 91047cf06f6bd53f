/**
 * Regular endpoints: fields by EDM type, as Exact's REST reference lists them (2025-07).
 * One string per entity keeps the table readable; `entities.ts` takes it apart.
 */
export const FIELD_TABLE: Readonly<Record<string, string>> = {
	'current/Me': `
		Guid: UserID DivisionCustomer EmployeeID
		String: CustomerCode DivisionCustomerCode DivisionCustomerName DivisionCustomerSiretNumber
		DivisionCustomerVatNumber Email FirstName FullName Gender Initials Language LanguageCode
		LastName MiddleName Mobile Nationality PackageCode Phone PhoneExtension PictureUrl
		ServerTime ThumbnailPictureFormat Title UserName
		Double: ServerUtcOffset
		Int32: AccountingDivision CurrentDivision DossierDivision
		Int64: Legislation
		Boolean: IsClientUser IsEmployeeSelfServiceUser IsMyFirmLiteUser IsMyFirmPortalUser
		IsOEIMigrationMandatory IsStarterUser
		Binary: ThumbnailPicture
	`,
	'system/Divisions': `
		Guid: Creator Customer Modifier
		String: AddressLine1 AddressLine2 AddressLine3 BusinessTypeCode BusinessTypeDescription
		ChamberOfCommerceEstablishment ChamberOfCommerceNumber City CompanySizeCode
		CompanySizeDescription Country CreatorFullName Currency CustomerCode CustomerName
		DatevAccountantNumber DatevClientNumber Description Email Fax Legislation ModifierFullName
		OBNumber Phone Postcode SbiCode SbiDescription SectorCode SectorDescription SiretNumber
		State SubsectorCode SubsectorDescription TaxOfficeNumber TaxReferenceNumber TemplateCode
		VATNumber Website
		Double: ShareCapital
		Int32: Code BlockingStatus Status
		Int64: Hid
		Boolean: Current IsDossierDivision IsHRDivision IsMainDivision IsPracticeDivision
		DateTime: ArchiveDate Created DivisionHRLinkUnlinkDate DivisionMoveDate Modified StartDate
		Collection: Class_01 Class_02 Class_03 Class_04 Class_05
	`,
	'system/AllDivisions': `
		Guid: Creator Customer Modifier
		String: AddressLine1 AddressLine2 AddressLine3 BusinessTypeCode BusinessTypeDescription
		ChamberOfCommerceEstablishment ChamberOfCommerceNumber City CompanySizeCode
		CompanySizeDescription Country CreatorFullName Currency CustomerCode CustomerName
		DatevAccountantNumber DatevClientNumber Description Email Fax Legislation ModifierFullName
		OBNumber Phone Postcode SbiCode SbiDescription SectorCode SectorDescription SiretNumber
		State SubsectorCode SubsectorDescription TaxOfficeNumber TaxReferenceNumber TemplateCode
		VATNumber Website
		Double: ShareCapital
		Int32: Code BlockingStatus Status
		Int64: Hid
		Boolean: Current IsDossierDivision IsHRDivision IsMainDivision IsPracticeDivision
		DateTime: ArchiveDate Created DivisionHRLinkUnlinkDate DivisionMoveDate Modified StartDate
		Collection: Class_01 Class_02 Class_03 Class_04 Class_05
	`,
	'system/GetMostRecentlyUsedDivisions': `
		Guid: Creator Customer Modifier
		String: AddressLine1 AddressLine2 AddressLine3 BusinessTypeCode BusinessTypeDescription
		ChamberOfCommerceEstablishment ChamberOfCommerceNumber City CompanySizeCode
		CompanySizeDescription Country CreatorFullName Currency CustomerCode CustomerName
		DatevAccountantNumber DatevClientNumber Description Email Fax Legislation ModifierFullName
		OBNumber Phone Postcode SbiCode SbiDescription SectorCode SectorDescription SiretNumber
		State SubsectorCode SubsectorDescription TaxOfficeNumber TaxReferenceNumber TemplateCode
		VATNumber Website
		Double: ShareCapital
		Int32: Code BlockingStatus Status
		Int64: Hid
		Boolean: Current IsDossierDivision IsHRDivision IsMainDivision IsPracticeDivision
		DateTime: ArchiveDate Created DivisionHRLinkUnlinkDate DivisionMoveDate Modified StartDate
		Collection: Class_01 Class_02 Class_03 Class_04 Class_05
	`,
	'hrm/Divisions': `
		Guid: Creator Customer Modifier
		String: Country CountryDescription CreatorFullName Currency CurrencyDescription
		CustomerCode CustomerName Description ModifierFullName OBNumber SiretNumber
		TaxOfficeNumber TaxReferenceNumber TemplateCode VATNumber Website
		Int16: Status
		Int32: Code BlockingStatus
		Int64: HID
		Boolean: Main
		DateTime: ArchiveDate Created Modified StartDate
		Collection: Class_01 Class_02 Class_03 Class_04 Class_05
	`,
	'purchase/PurchaseInvoices': `
		Guid: ID ContactPerson Document Supplier Warehouse
		String: Currency Description Journal PaymentCondition PaymentReference Remarks YourRef
		Double: Amount AmountDC AmountDiscount AmountDiscountExclVat AmountFCExclVat Discount
		ExchangeRate VATAmount
		Int16: FinancialPeriod FinancialYear Source Status Type
		Int32: EntryNumber
		DateTime: DueDate InvoiceDate Modified
		Collection: PurchaseInvoiceLines
	`,
	'purchase/PurchaseInvoiceLines': `
		Guid: ID Expense InvoiceID Item Project PurchaseOrderLine
		String: CostCenter CostUnit Currency CustomField Description ExpenseDescription ItemUnit
		Notes Unit VATCode
		Double: Amount AmountDC Discount NetPrice Quantity QuantityInDefaultUnits UnitPrice
		VATAmount VATPercentage
		Int16: InvoiceType
		Int32: LineNumber
		Boolean: Rebill
		DateTime: Modified
	`,
	'purchaseentry/PurchaseEntries': `
		Guid: EntryID Creator Document Modifier Supplier
		String: CreatorFullName Currency CustomField Description DocumentSubject
		ExternalLinkDescription ExternalLinkReference Journal JournalDescription ModifierFullName
		PaymentCondition PaymentConditionDescription PaymentConditionPaymentMethod
		PaymentReference StatusDescription SupplierName TypeDescription YourRef
		Double: AmountDC AmountFC GAccountAmountFC Rate VATAmountDC VATAmountFC
		Int16: ReportingPeriod ReportingYear Status
		Int32: BatchNumber Division DocumentNumber EntryNumber InvoiceNumber OrderNumber
		ProcessNumber Type
		Boolean: Reversal
		DateTime: Created DueDate EntryDate Modified
		Collection: PurchaseEntryLines
	`,
	'purchaseentry/PurchaseEntryLines': `
		Guid: ID Asset EntryID Expense GLAccount Project Subscription TrackingNumber
		String: AssetDescription CostCenter CostCenterDescription CostUnit CostUnitDescription
		CustomField Description ExpenseDescription GLAccountCode GLAccountDescription
		IntraStatArea IntraStatCountry IntraStatDeliveryTerm IntraStatTransactionA
		IntraStatTransactionB IntraStatTransportMethod Notes ProjectDescription SerialNumber
		StatisticalNumber SubscriptionDescription TrackingNumberDescription VATCode
		VATCodeDescription WithholdingTax
		Double: AmountDC AmountFC PrivateUsePercentage Quantity StatisticalNetWeight
		StatisticalQuantity StatisticalValue VATAmountDC VATAmountFC VATBaseAmountDC
		VATBaseAmountFC VATNonDeductiblePercentage VATPercentage WithholdingAmountDC
		Int32: Division LineNumber Type
		DateTime: From To
	`,
	'purchaseorder/PurchaseOrders': `
		Guid: PurchaseOrderID Approver Creator DeliveryAccount DeliveryAddress DeliveryContact
		Document Modifier PurchaseAgent SalesOrder SelectionCode ShippingMethod Supplier
		SupplierContact Warehouse
		String: ApprovalStatusDescription ApproverFullName CreatorFullName Currency
		DeliveryAccountCode DeliveryAccountName DeliveryContactPersonFullName Description
		DocumentSubject IncotermAddress IncotermCode ModifierFullName PaymentCondition
		PaymentConditionDescription PurchaseAgentFullName Remarks SelectionCodeCode
		SelectionCodeDescription ShippingMethodCode ShippingMethodDescription SupplierCode
		SupplierContactPersonFullName SupplierName WarehouseCode WarehouseDescription YourRef
		Double: AmountDC AmountDiscount AmountDiscountExclVat AmountFC AmountFCExclVat Discount
		ExchangeRate VATAmount
		Int16: ApprovalStatus IncotermVersion Source
		Int32: Division InvoiceStatus OrderNumber OrderStatus PurchaseOrderLineCount ReceiptStatus
		SalesOrderNumber
		Boolean: DropShipment
		DateTime: Approved Created Modified OrderDate ReceiptDate
		Collection: PurchaseOrderLines
	`,
	'purchaseorder/PurchaseOrderLines': `
		Guid: ID Creator Expense Item Modifier Project PurchaseOrderID SalesOrder SalesOrderLine
		ShopOrder ShopOrderMaterialPlan ShopOrderRoutingStepPlan
		String: CostCenter CostCenterDescription CostUnit CostUnitDescription CreatorFullName
		CustomField Description ExpenseDescription ItemBarcode ItemBarcodeAdditional ItemCode
		ItemDescription ModifierFullName Notes ProjectCode ProjectDescription SupplierItemCode
		Unit UnitDescription VATCode VATDescription
		Double: AmountDC AmountFC Discount InStock InvoicedQuantity NetPrice ProjectedStock
		Quantity QuantityInPurchaseUnits ReceivedQuantity UnitPrice VATAmount VATPercentage
		Int32: Division LineNumber SalesOrderLineNumber SalesOrderNumber
		ShopOrderMaterialPlanLineNumber ShopOrderNumber ShopOrderRoutingStepPlanLineNumber
		Byte: IsBatchNumberItem IsSerialNumberItem SupplierItemCopyRemarks
		Boolean: ItemDivisable Rebill
		DateTime: Created Modified ReceiptDate
		Collection: ShopOrderMaterialPlans ShopOrderRoutingStepPlans
	`,
	'crm/Accounts': `
		Guid: ID Accountant AccountManager ActivitySector ActivitySubSector BRIN BusinessType
		Classification1 Classification2 Classification3 Classification4 Classification5
		Classification6 Classification7 Classification8 CompanySize Creator Document
		GLAccountPurchase GLAccountSales GLAP GLAR InvoiceAccount LeadPurpose LeadSource
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
	'crm/BankAccounts': `
		Guid: ID Account Bank Creator Modifier PaymentServiceAccount
		String: AccountName BankAccount BankAccountHolderName BankDescription BankName BICCode
		CreatorFullName Description Format IBAN ModifierFullName Type TypeDescription
		Int32: Division
		Boolean: Blocked Main
		DateTime: Created Modified
	`,
	'crm/Addresses': `
		Guid: ID Account Contact Creator Modifier Warehouse
		String: AccountName AddressLine1 AddressLine2 AddressLine3 City ContactName Country
		CountryName CreatorFullName CustomField Fax FreeTextField_01 FreeTextField_02
		FreeTextField_03 FreeTextField_04 FreeTextField_05 Mailbox ModifierFullName NicNumber
		Notes Phone PhoneExtension Postcode State StateDescription WarehouseCode
		WarehouseDescription
		Double: FreeNumberField_01 FreeNumberField_02 FreeNumberField_03 FreeNumberField_04
		FreeNumberField_05
		Int16: Type
		Int32: Division
		Byte: Source
		Boolean: AccountIsSupplier FreeBoolField_01 FreeBoolField_02 FreeBoolField_03
		FreeBoolField_04 FreeBoolField_05 Main
		DateTime: Created FreeDateField_01 FreeDateField_02 FreeDateField_03 FreeDateField_04
		FreeDateField_05 Modified
	`,
	'financial/GLAccounts': `
		Guid: ID Creator Modifier PrivateGLAccount VATNonDeductibleGLAccount YearEndCostGLAccount
		YearEndReflectionGLAccount
		String: BalanceSide BalanceType Code Costcenter CostcenterDescription Costunit
		CostunitDescription CreatorFullName CustomField Description ModifierFullName ReportingCode
		SearchCode TypeDescription VATCode VATDescription VATGLAccountType VATSystem
		Double: ExpenseNonDeductiblePercentage PrivatePercentage VATNonDeductiblePercentage
		Int16: AssimilatedVATBox
		Int32: BelcotaxType DescriptionTermID Division Type
		Byte: AllowCostsInSales ExcludeVATListing UseCostcenter UseCostunit
		Boolean: Compress IsBlocked Matching RevalueCurrency
		DateTime: Created Modified
		Collection: DeductibilityPercentages
	`,
	'financial/GLAccountClassificationMappings': `
		Guid: ID Classification GLAccount GLSchemeID
		String: ClassificationCode ClassificationDescription GLAccountCode GLAccountDescription
		GLSchemeCode GLSchemeDescription
		Int32: Division
	`,
	'financial/GLClassifications': `
		Guid: ID Creator Modifier Parent TaxonomyNamespace Type
		String: Balance Code CreatorFullName Description ModifierFullName Name PeriodType
		SubstitutionGroup TaxonomyNamespaceDescription
		Int32: Division
		Boolean: Abstract IsTupleSubElement Nillable
		DateTime: Created Modified
	`,
	'financial/GLSchemes': `
		Guid: ID Creator Modifier
		String: Code CreatorFullName Description ModifierFullName TargetNamespace
		Int32: Division
		Byte: Main
		DateTime: Created Modified
	`,
	'financial/Journals': `
		Guid: ID Bank BankAccountID Creator GLAccount Modifier PaymentInTransitAccount
		String: BankAccountBICCode BankAccountCountry BankAccountDescription BankAccountIBAN
		BankAccountIncludingMask BankName Code CreatorFullName Currency CurrencyDescription
		CustomField Description GLAccountCode GLAccountDescription ModifierFullName
		PaymentServiceAccountIdentifier PaymentServiceProviderName
		Int32: Division GLAccountType PaymentServiceProvider Type
		Boolean: AllowVariableCurrency AllowVariableExchangeRate AllowVAT AutoSave
		BankAccountUseSEPA BankAccountUseSepaDirectDebit IsBlocked
		DateTime: Created Modified
	`,
	'hrm/Costcenters': `
		Guid: ID Creator Modifier
		String: Code CreatorFullName CustomField Description ModifierFullName
		Int32: Division
		Boolean: Active
		DateTime: Created EndDate Modified
	`,
	'hrm/Costunits': `
		Guid: ID Creator Modifier
		String: Code CreatorFullName CustomField Description ModifierFullName
		Int32: Division
		DateTime: Created EndDate Modified
	`,
	'cashflow/Payments': `
		Guid: ID Account AccountBankAccountID AccountContact BankAccountID Creator Document
		EntryID GLAccount Modifier PaymentSelector TransactionEntryID TransactionID
		String: AccountBankAccountNumber AccountCode AccountContactName AccountName
		BankAccountNumber CashflowTransactionBatchCode CreatorFullName Currency Description
		DocumentSubject GLAccountCode GLAccountDescription Journal JournalDescription
		ModifierFullName PaymentCondition PaymentConditionDescription PaymentMethod
		PaymentReference PaymentSelectorFullName YourRef
		Double: AmountDC AmountDiscountDC AmountDiscountFC AmountFC PaymentDiscountPercentage
		RateFC TransactionAmountDC TransactionAmountFC
		Int16: EndPeriod EndYear Status TransactionReportingPeriod TransactionReportingYear
		TransactionStatus
		Int32: Division DocumentNumber EntryNumber InvoiceNumber PaymentBatchNumber PaymentDays
		PaymentDaysDiscount Source TransactionType
		Byte: IsBatchBooking
		Boolean: TransactionIsReversal
		DateTime: Created DiscountDueDate DueDate EndDate EntryDate InvoiceDate Modified
		PaymentSelected TransactionDueDate
	`,
	'cashflow/Receivables': `
		Guid: ID Account AccountBankAccountID AccountContact BankAccountID Creator
		DirectDebitMandate Document EntryID GLAccount Modifier ReceivableSelector
		TransactionEntryID TransactionID
		String: AccountBankAccountNumber AccountCode AccountContactName AccountCountry AccountName
		BankAccountNumber CashflowTransactionBatchCode CreatorFullName Currency Description
		DirectDebitMandateDescription DirectDebitMandateReference DocumentSubject EndToEndID
		GLAccountCode GLAccountDescription Journal JournalDescription ModifierFullName
		PaymentCondition PaymentConditionDescription PaymentInformationID PaymentMethod
		PaymentReference ReceivableSelectorFullName YourRef
		Double: AmountDC AmountDiscountDC AmountDiscountFC AmountFC PaymentDiscountPercentage
		RateFC TransactionAmountDC TransactionAmountFC
		Int16: DirectDebitMandatePaymentType DirectDebitMandateType EndPeriod EndYear Status
		TransactionReportingPeriod TransactionReportingYear TransactionStatus
		Int32: Division DocumentNumber EntryNumber InvoiceNumber OrderNumber PaymentDays
		PaymentDaysDiscount ReceivableBatchNumber Source TransactionType
		Byte: IsBatchBooking
		Boolean: IsFullyPaid TransactionIsReversal
		DateTime: Created DiscountDueDate DueDate EndDate EntryDate InvoiceDate LastPaymentDate
		Modified ReceivableSelected TransactionDueDate
	`,
	'cashflow/PaymentConditions': `
		Guid: ID Creator CreditManagementScenario Modifier
		String: Code CreatorFullName CreditManagementScenarioCode
		CreditManagementScenarioDescription Description DiscountCalculation ModifierFullName
		PaymentDiscountType PaymentMethod VATCalculation
		Double: DiscountPercentage Percentage
		Int32: DiscountPaymentDays Division PaymentDays PaymentEndOfMonths
		DateTime: Created Modified
	`,
	'vat/VATCodes': `
		Guid: ID Account Creator GLDiscountPurchase GLDiscountSales GLToClaim GLToPay Modifier
		String: AccountCode AccountName Code Country CreatorFullName CustomField Description
		EUSalesListing GLDiscountPurchaseCode GLDiscountPurchaseDescription GLDiscountSalesCode
		GLDiscountSalesDescription GLToClaimCode GLToClaimDescription GLToPayCode
		GLToPayDescription IntrastatType LegalText ModifierFullName OssCountry Type VatDocType
		VATTransactionType
		Double: Percentage
		Int16: TaxReturnType VATPartialRatio
		Int32: Division
		Byte: CalculationBasis ExcludeVATListing VatMargin
		Boolean: Charged IntraStat IsBlocked
		DateTime: Created Modified
		Collection: VATPercentages
	`,
	'vat/VatPercentages': `
		Guid: ID Creator Modifier VATCodeID
		String: CreatorFullName ModifierFullName
		Double: Percentage
		Int16: Type
		Int32: Division LineNumber
		DateTime: Created EndDate Modified StartDate
	`,
	'logistics/Items': `
		Guid: ID Creator GLCosts GLCostsWorkInProgress GLRevenue GLRevenueWorkInProgress GLStock
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
		StandardSalesPrice StatisticalNetWeight StatisticalUnits StatisticalValue Stock
		Int32: AssembledLeadDays Division SecurityLevel
		Byte: CopyRemarks IsBatchItem IsBatchNumberItem IsMakeItem IsNewContract IsOnDemandItem
		IsRegistrationCodeItem IsTaxableItem IsTime IsWebshopItem UseExplosion
		Boolean: FreeBoolField_01 FreeBoolField_02 FreeBoolField_03 FreeBoolField_04
		FreeBoolField_05 IsFractionAllowedItem IsPackageItem IsPurchaseItem IsSalesItem
		IsSerialItem IsSerialNumberItem IsStockItem IsSubcontractedItem
		DateTime: Created EndDate FreeDateField_01 FreeDateField_02 FreeDateField_03
		FreeDateField_04 FreeDateField_05 Modified StartDate
		Binary: Picture
	`,
	'logistics/SupplierItem': `
		Guid: ID Creator Item ItemUnit Modifier Supplier
		String: Barcode CountryOfOrigin CountryOfOriginDescription CreatorFullName Currency
		CurrencyDescription ItemCode ItemDescription ItemUnitCode ItemUnitDescription
		ModifierFullName Notes PurchaseUnit PurchaseUnitDescription PurchaseVATCode
		PurchaseVATCodeDescription SupplierCode SupplierDescription SupplierItemCode
		Double: MinimumQuantity PurchasePrice PurchaseUnitFactor
		Int32: Division PurchaseLeadTime PurchaseLotSize
		Byte: CopyRemarks DropShipment
		Boolean: MainSupplier
		DateTime: Created EndDate Modified StartDate
	`,
	'logistics/Units': `
		Guid: ID
		String: Code Description TimeUnit Type
		Int32: Division
		Byte: Main
		Boolean: Active
	`,
	'general/Currencies': `
		String: Code Description
		Double: AmountPrecision PricePrecision
		DateTime: Created Modified
	`,
	'financialtransaction/TransactionLines': `
		Guid: ID Account Asset Creator Document EntryID GLAccount Item Modifier OffsetID Project
		ProjectWBS ShopOrder Subscription
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
		DateTime: Created Date DueDate Modified
	`,
	'purchaseorder/GoodsReceipts': `
		Guid: ID Creator Document Modifier Supplier SupplierContact Warehouse
		DateTime: Created Modified ReceiptDate
		String: CreatorFullName Description DocumentSubject ModifierFullName Remarks SupplierCode
		SupplierContactFullName SupplierName WarehouseCode WarehouseDescription YourRef
		Int32: Division EntryNumber GoodsReceiptLineCount ReceiptNumber
		Collection: GoodsReceiptLines
	`,
	'purchaseorder/GoodsReceiptLines': `
		Guid: ID Creator Expense GoodsReceiptID Item Location Modifier Project PurchaseOrderID
		PurchaseOrderLineID
		Collection: BatchNumbers SerialNumbers
		DateTime: Created Modified
		String: CreatorFullName Description ExpenseDescription ItemCode ItemDescription ItemUnitCode
		LocationCode LocationDescription ModifierFullName Notes ProjectCode ProjectDescription
		SupplierItemCode
		Int32: Division LineNumber PurchaseOrderNumber
		Double: QuantityOrdered QuantityReceived
		Boolean: Rebill
	`,
	'inventory/ItemWarehouses': `
		Guid: ID Creator DefaultStorageLocation Item Modifier Warehouse
		DateTime: Created Modified
		String: CreatorFullName DefaultStorageLocationCode DefaultStorageLocationDescription ItemCode
		ItemDescription ItemUnit ItemUnitDescription ModifierFullName WarehouseCode
		WarehouseDescription
		Double: CurrentStock MaximumStock PlannedStockIn PlannedStockOut ProjectedStock ReorderPoint
		ReservedStock SafetyStock
		Int32: Division
		Boolean: ItemIsFractionAllowedItem
	`,
	'documents/Documents': `
		Guid: ID Account Category Contact ContractID Creator DocumentFolder FinancialTransactionEntryID
		Item Modifier Opportunity Project
		String: AccountCode AccountName Body CategoryDescription ContactFullName ContractNumber
		CreatorFullName Currency DocumentFolderCode DocumentFolderDescription DocumentViewUrl ItemCode
		ItemDescription Language ModifierFullName ProjectCode ProjectDescription Subject TeamsMeetingId
		TypeDescription
		Double: AmountFC
		DateTime: Created DocumentDate ExpiryDate Modified
		Int32: Division HID SalesInvoiceNumber SalesOrderNumber SendMethod ShopOrderNumber Type
		Boolean: HasEmptyBody InheritShare
		Int16: ProposedEntryStatus ScanServiceStatus
	`,
	'documents/DocumentAttachments': `
		Guid: ID Document
		Binary: Attachment
		String: FileName Url
		Double: FileSize
	`,
};
