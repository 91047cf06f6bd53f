import type { FieldTable } from './fieldTable';
import { fieldTable } from './fieldTable';

/** Fields of master data and reference sets, from Exact's REST reference (2025-07). */

export const accountsFields: FieldTable = fieldTable({
	Boolean: `
		Blocked CanDropShip EnableSalesPaymentLink HasWithholdingTaxSales
		IgnoreDatevWarningMessage IsBank? IsExtraDuty IsMember? IsPilot IsPurchase? IsReseller
		IsSales IsSupplier RecepientOfCommissions ShowRemarkForSales
	`,
	Byte: `
		AddressSource? AutomaticProcessProposedEntry ConsolidationScenario CostPaid?
		DeliveryAdvice IsAccountant IsAgency IsAnonymised IsCompetitor IsMailing
		SeparateInvPerProject? SeparateInvPerSubscription Source?
	`,
	DateTime: `
		ControlledDate Created CustomerSince? EndDate EstablishedDate Modified StartDate
		StatusSince?
	`,
	Double: `
		CreditLinePurchase CreditLineSales DiscountPurchase DiscountSales Latitude Longitude
	`,
	Guid: `
		ID Accountant AccountManager ActivitySector ActivitySubSector BRIN? BusinessType
		Classification1 Classification2 Classification3 Classification4 Classification5
		Classification6 Classification7 Classification8 CompanySize Creator Document?
		GLAccountPurchase GLAccountSales GLAP GLAR InvoiceAccount LeadPurpose LeadSource
		MainContact Modifier Parent PriceList Reseller SalesTaxSchedule? ShippingMethod
	`,
	Int16: 'IncotermVersionPurchase IncotermVersionSales',
	Int32: `
		AccountManagerHID Division InvoiceAttachmentType InvoicingMethod PeppolIdentifierType
		PurchaseLeadDays SecurityLevel ShippingLeadDays
	`,
	String: `
		AccountManagerFullName AddressLine1 AddressLine2 AddressLine3 BSN ChamberOfCommerce City
		Classification? ClassificationDescription? Code CodeAtSupplier Costcenter?
		CostcenterDescription? Country CountryName CreatorFullName Currency? CustomField
		DatevCreditorCode DatevDebtorCode DunsNumber? Email EORINumber Fax GlnNumber
		IncotermAddressPurchase IncotermAddressSales IncotermCodePurchase IncotermCodeSales
		IntraStatArea IntraStatDeliveryTerm IntraStatSystem IntraStatTransactionA
		IntraStatTransactionB IntraStatTransportMethod InvoiceAccountCode InvoiceAccountName
		Language LanguageDescription LogoFileName LogoThumbnailUrl LogoUrl ModifierFullName Name
		OINNumber PayAsYouEarn PaymentConditionPurchase PaymentConditionPurchaseDescription
		PaymentConditionSales PaymentConditionSalesDescription PeppolIdentifier Phone
		PhoneExtension Postcode PurchaseCurrency PurchaseCurrencyDescription PurchaseVATCode
		PurchaseVATCodeDescription Remarks ResellerCode ResellerName RSIN SalesCurrency
		SalesCurrencyDescription SalesTaxScheduleCode? SalesTaxScheduleDescription? SalesVATCode
		SalesVATCodeDescription SearchCode State StateName Status TradeName Type
		UniqueTaxpayerReference VATLiability VATNumber Website
	`,
});

export const bankAccountsFields: FieldTable = fieldTable({
	Boolean: 'Blocked Main',
	DateTime: 'Created Modified',
	Guid: 'ID Account Bank? Creator Modifier PaymentServiceAccount',
	Int32: 'Division',
	String: `
		AccountName BankAccount BankAccountHolderName BankDescription? BankName? BICCode
		CreatorFullName Description Format IBAN? ModifierFullName Type TypeDescription
	`,
});

export const addressesFields: FieldTable = fieldTable({
	Boolean: `
		AccountIsSupplier FreeBoolField_01 FreeBoolField_02 FreeBoolField_03 FreeBoolField_04
		FreeBoolField_05 Main
	`,
	Byte: 'Source?',
	DateTime: `
		Created FreeDateField_01 FreeDateField_02 FreeDateField_03 FreeDateField_04
		FreeDateField_05 Modified
	`,
	Double: `
		FreeNumberField_01 FreeNumberField_02 FreeNumberField_03 FreeNumberField_04
		FreeNumberField_05
	`,
	Guid: 'ID Account Contact Creator Modifier Warehouse',
	Int16: 'Type',
	Int32: 'Division',
	String: `
		AccountName AddressLine1 AddressLine2 AddressLine3 City ContactName Country CountryName
		CreatorFullName CustomField Fax FreeTextField_01 FreeTextField_02 FreeTextField_03
		FreeTextField_04 FreeTextField_05 Mailbox ModifierFullName NicNumber Notes Phone
		PhoneExtension Postcode State StateDescription WarehouseCode WarehouseDescription
	`,
});

export const glAccountsFields: FieldTable = fieldTable({
	Boolean: 'Compress IsBlocked Matching RevalueCurrency',
	Byte: 'AllowCostsInSales ExcludeVATListing UseCostcenter UseCostunit',
	DateTime: 'Created Modified',
	Double: 'ExpenseNonDeductiblePercentage PrivatePercentage VATNonDeductiblePercentage',
	Guid: `
		ID Creator Modifier PrivateGLAccount VATNonDeductibleGLAccount YearEndCostGLAccount
		YearEndReflectionGLAccount
	`,
	Int16: 'AssimilatedVATBox',
	Int32: 'BelcotaxType DescriptionTermID? Division Type',
	String: `
		BalanceSide BalanceType Code Costcenter CostcenterDescription Costunit CostunitDescription
		CreatorFullName CustomField Description ModifierFullName ReportingCode SearchCode
		TypeDescription VATCode VATDescription VATGLAccountType VATSystem
	`,
});

export const glAccountMappingsFields: FieldTable = fieldTable({
	Guid: 'ID Classification GLAccount GLSchemeID',
	Int32: 'Division',
	String: `
		ClassificationCode ClassificationDescription GLAccountCode GLAccountDescription
		GLSchemeCode GLSchemeDescription
	`,
});

export const costCentersFields: FieldTable = fieldTable({
	Boolean: 'Active?',
	DateTime: 'Created EndDate Modified',
	Guid: 'ID Creator Modifier',
	Int32: 'Division',
	String: 'Code CreatorFullName CustomField Description ModifierFullName',
});

export const costUnitsFields: FieldTable = fieldTable({
	DateTime: 'Created EndDate Modified',
	Guid: 'ID Creator Modifier',
	Int32: 'Division',
	String: 'Code CreatorFullName CustomField Description ModifierFullName',
});

export const paymentConditionsFields: FieldTable = fieldTable({
	DateTime: 'Created Modified',
	Double: 'DiscountPercentage Percentage',
	Guid: 'ID Creator CreditManagementScenario Modifier',
	Int32: 'DiscountPaymentDays Division PaymentDays PaymentEndOfMonths',
	String: `
		Code CreatorFullName CreditManagementScenarioCode CreditManagementScenarioDescription
		Description DiscountCalculation ModifierFullName PaymentDiscountType PaymentMethod
		VATCalculation
	`,
});

export const vatCodesFields: FieldTable = fieldTable({
	Boolean: 'Charged IntraStat IsBlocked',
	Byte: 'CalculationBasis ExcludeVATListing VatMargin',
	DateTime: 'Created Modified',
	Double: 'Percentage',
	Guid: `
		ID Account Creator GLDiscountPurchase GLDiscountSales GLToClaim GLToPay Modifier
	`,
	Int16: 'TaxReturnType VATPartialRatio',
	Int32: 'Division',
	String: `
		AccountCode AccountName Code Country? CreatorFullName CustomField Description
		EUSalesListing GLDiscountPurchaseCode GLDiscountPurchaseDescription GLDiscountSalesCode
		GLDiscountSalesDescription GLToClaimCode GLToClaimDescription GLToPayCode
		GLToPayDescription IntrastatType LegalText ModifierFullName OssCountry Type VatDocType
		VATTransactionType
	`,
});

export const itemsFields: FieldTable = fieldTable({
	Boolean: `
		FreeBoolField_01 FreeBoolField_02 FreeBoolField_03 FreeBoolField_04 FreeBoolField_05
		IsFractionAllowedItem IsPackageItem IsPurchaseItem IsSalesItem IsSerialItem
		IsSerialNumberItem? IsStockItem IsSubcontractedItem
	`,
	Byte: `
		CopyRemarks IsBatchItem IsBatchNumberItem? IsMakeItem IsNewContract IsOnDemandItem
		IsRegistrationCodeItem? IsTaxableItem IsTime IsWebshopItem UseExplosion?
	`,
	DateTime: `
		Created EndDate FreeDateField_01 FreeDateField_02 FreeDateField_03 FreeDateField_04
		FreeDateField_05 Modified StartDate
	`,
	Double: `
		AverageCost BatchQuantity? CostPriceNew CostPriceStandard FreeNumberField_01
		FreeNumberField_02 FreeNumberField_03 FreeNumberField_04 FreeNumberField_05
		FreeNumberField_06 FreeNumberField_07 FreeNumberField_08 GrossWeight NetWeight
		StandardSalesPrice StatisticalNetWeight StatisticalUnits StatisticalValue Stock
	`,
	Guid: `
		ID Creator GLCosts GLCostsWorkInProgress? GLRevenue GLRevenueWorkInProgress? GLStock
		ItemGroup Modifier
	`,
	Int32: 'AssembledLeadDays? Division SecurityLevel',
	String: `
		Barcode Class_01 Class_02 Class_03 Class_04 Class_05 Class_06 Class_07 Class_08 Class_09
		Class_10 Code CostPriceCurrency CreatorFullName CustomField Description ExtraDescription
		FreeTextField_01 FreeTextField_02 FreeTextField_03 FreeTextField_04 FreeTextField_05
		FreeTextField_06 FreeTextField_07 FreeTextField_08 FreeTextField_09 FreeTextField_10
		GLCostsCode GLCostsDescription GLCostsWorkInProgressCode?
		GLCostsWorkInProgressDescription? GLRevenueCode GLRevenueDescription
		GLRevenueWorkInProgressCode? GLRevenueWorkInProgressDescription? GLStockCode
		GLStockDescription ItemGroupCode ItemGroupDescription ModifierFullName NetWeightUnit Notes
		PictureName PictureThumbnailUrl PictureUrl SalesVatCode SalesVatCodeDescription SearchCode
		StatisticalCode Unit UnitDescription UnitType
	`,
});

export const supplierItemsFields: FieldTable = fieldTable({
	Boolean: 'MainSupplier',
	Byte: 'CopyRemarks DropShipment',
	DateTime: 'Created EndDate Modified StartDate',
	Double: 'MinimumQuantity PurchasePrice PurchaseUnitFactor',
	Guid: 'ID Creator Item ItemUnit Modifier Supplier',
	Int32: 'Division PurchaseLeadTime PurchaseLotSize',
	String: `
		Barcode CountryOfOrigin CountryOfOriginDescription CreatorFullName Currency
		CurrencyDescription ItemCode ItemDescription ItemUnitCode ItemUnitDescription
		ModifierFullName Notes PurchaseUnit PurchaseUnitDescription PurchaseVATCode
		PurchaseVATCodeDescription SupplierCode SupplierDescription SupplierItemCode
	`,
});

export const unitsFields: FieldTable = fieldTable({
	Boolean: 'Active',
	Byte: 'Main',
	Guid: 'ID',
	Int32: 'Division',
	String: 'Code Description TimeUnit Type',
});

export const divisionsFields: FieldTable = fieldTable({
	Boolean: 'Current IsDossierDivision IsHRDivision IsMainDivision IsPracticeDivision',
	DateTime: `
		ArchiveDate Created DivisionHRLinkUnlinkDate DivisionMoveDate Modified StartDate
	`,
	Double: 'ShareCapital',
	Guid: 'Creator Customer Modifier',
	Int32: 'Code BlockingStatus Status',
	Int64: 'Hid',
	String: `
		AddressLine1 AddressLine2 AddressLine3 BusinessTypeCode BusinessTypeDescription
		ChamberOfCommerceEstablishment ChamberOfCommerceNumber City CompanySizeCode
		CompanySizeDescription Country CreatorFullName Currency CustomerCode CustomerName
		DatevAccountantNumber DatevClientNumber Description Email Fax Legislation ModifierFullName
		OBNumber Phone Postcode SbiCode SbiDescription SectorCode SectorDescription SiretNumber
		State SubsectorCode SubsectorDescription TaxOfficeNumber TaxReferenceNumber TemplateCode
		VATNumber Website
	`,
});

export const hrmDivisionsFields: FieldTable = fieldTable({
	Boolean: 'Main',
	DateTime: 'ArchiveDate Created Modified StartDate',
	Guid: 'Creator Customer Modifier',
	Int16: 'Status',
	Int32: 'Code BlockingStatus',
	Int64: 'HID',
	String: `
		Country CountryDescription CreatorFullName Currency CurrencyDescription CustomerCode
		CustomerName Description ModifierFullName OBNumber SiretNumber TaxOfficeNumber
		TaxReferenceNumber TemplateCode VATNumber Website
	`,
});

export const meFields: FieldTable = fieldTable({
	Boolean: `
		IsClientUser IsEmployeeSelfServiceUser IsMyFirmLiteUser IsMyFirmPortalUser
		IsOEIMigrationMandatory IsStarterUser
	`,
	Double: 'ServerUtcOffset',
	Guid: 'UserID DivisionCustomer EmployeeID',
	Int32: 'AccountingDivision CurrentDivision DossierDivision',
	Int64: 'Legislation',
	String: `
		CustomerCode DivisionCustomerCode DivisionCustomerName DivisionCustomerSiretNumber
		DivisionCustomerVatNumber Email FirstName FullName Gender Initials Language LanguageCode
		LastName MiddleName Mobile Nationality PackageCode Phone PhoneExtension PictureUrl
		ServerTime ThumbnailPictureFormat Title UserName
	`,
});
