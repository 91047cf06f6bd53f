import type { Json } from './ledger';

/** A small made-up company; every field a test does not talk about has a value. */
export const company: Json = {
	Code: 4711,
	Description: 'Muster Handel B.V.',
	Currency: 'EUR',
	VATNumber: 'NL001234567B01',
	ChamberOfCommerceNumber: '12345678',
	AddressLine1: 'Keizersgracht 1',
	Postcode: '1015 AA',
	City: 'Amsterdam',
	Country: 'NL ',
};

export const supplier: Json = {
	ID: 'a1',
	Code: '             70001',
	Name: ' Büromöbel & Söhne GmbH ',
	GlnNumber: '4012345000009',
	VATNumber: 'DE811569869',
	CodeAtSupplier: 'K-99',
	AddressLine1: 'Hafenstr. 7',
	AddressLine2: '',
	AddressLine3: 'Halle 3',
	Postcode: '20457',
	City: 'Hamburg',
	Country: 'DE',
	bankAccounts: [
		{ BankAccount: 'DE02 1203 0000 0000 2020 51', BICCode: 'BYLADEM1001', Main: false },
		{ BankAccount: 'DE02 5001 0517 0137 0750 30', BICCode: 'INGDDEFF', Main: true },
	],
};

export const vat21: Json = { Code: '4', Description: 'BTW 21%', Type: 'E', Charged: false };

export function entryLine(more: Json = {}): Json {
	return {
		ID: 'l1',
		LineNumber: 1,
		Description: 'Desks',
		GLAccountCode: '4500',
		GLAccountDescription: 'Office furniture',
		CostCenter: 'CC1',
		costCenter: { Code: 'CC1', Description: 'Head office' },
		Quantity: 1,
		AmountFC: 100,
		VATCode: '4  ',
		VATPercentage: 0.21,
		VATAmountFC: 21,
		VATBaseAmountFC: 100,
		vatCode: vat21,
		...more,
	};
}

export function entry(more: Json = {}): Json {
	return {
		EntryID: 'e1',
		EntryNumber: 20170001,
		Type: 30,
		Status: 20,
		Supplier: 'a1',
		SupplierName: 'Büromöbel & Söhne GmbH',
		Currency: 'EUR',
		Rate: 1,
		AmountFC: 121,
		VATAmountFC: 21,
		EntryDate: '2017-03-05',
		DueDate: '2017-04-04',
		PaymentCondition: '30',
		PaymentConditionPaymentMethod: 'B',
		YourRef: 'INV-1',
		Description: 'Desks',
		Created: '2017-03-06T08:11:00.387Z',
		Modified: '2017-03-06T08:11:00.387Z',
		Division: 4711,
		lines: [entryLine()],
		supplier,
		company,
		paymentCondition: {
			Code: '30',
			Description: '30 days',
			PaymentDays: 30,
			DiscountPercentage: 0,
		},
		...more,
	};
}

export function order(more: Json = {}): Json {
	return {
		PurchaseOrderID: 'o1',
		OrderNumber: 900001,
		OrderStatus: 10,
		ApprovalStatus: 1,
		Supplier: 'a1',
		SupplierCode: '             70001',
		SupplierName: 'Büromöbel & Söhne GmbH',
		OrderDate: '2017-03-01',
		ReceiptDate: '2017-03-20',
		Currency: 'EUR',
		AmountFC: 242,
		VATAmount: 42,
		IncotermCode: 'DAP',
		IncotermAddress: 'Amsterdam',
		DeliveryAccountCode: '4711-2',
		lines: [
			{
				ID: 'ol1',
				LineNumber: 1,
				Description: 'Desk, oak',
				ItemCode: 'D-1',
				SupplierItemCode: 'BM-77',
				ItemBarcode: '4012345678901',
				Quantity: 20,
				QuantityInPurchaseUnits: 2,
				Unit: 'pc',
				UnitPrice: 125,
				Discount: 0.2,
				NetPrice: 100,
				AmountFC: 200,
				VATCode: '4',
				VATPercentage: 0.21,
				VATAmount: 42,
			},
		],
		deliveryAddress: {
			AccountName: 'Muster Handel, warehouse',
			AddressLine1: 'Dock 4',
			City: 'Rotterdam',
			Country: 'NL',
		},
		supplier,
		company,
		paymentCondition: null,
		...more,
	};
}

export function goodsReceipt(more: Json = {}): Json {
	return {
		ID: 'g1',
		ReceiptNumber: 40017,
		ReceiptDate: '2017-03-14',
		YourRef: 'PB-2017-88',
		Description: 'Spring stock',
		Supplier: 'a1',
		SupplierCode: '             70001',
		SupplierName: 'Büromöbel & Söhne GmbH',
		WarehouseCode: '1',
		WarehouseDescription: 'Rotterdam',
		Modified: '2017-03-14T16:02:00.113Z',
		Division: 4711,
		lines: [
			{
				ID: 'gl1',
				LineNumber: 1,
				ItemCode: 'D-1',
				ItemDescription: 'Desk, oak',
				ItemUnitCode: 'pc',
				SupplierItemCode: 'BM-77',
				QuantityOrdered: 20,
				QuantityReceived: 18,
				PurchaseOrderNumber: 900001,
				item: { Code: 'D-1', Barcode: '4012345678901' },
			},
		],
		supplier,
		company,
		...more,
	};
}

export function payment(more: Json = {}): Json {
	return {
		ID: 'p1',
		Account: 'a1',
		AccountCode: '             70001',
		AccountName: 'Büromöbel & Söhne GmbH',
		AmountFC: 121,
		Currency: 'EUR',
		Status: 40,
		EntryDate: '2017-04-04',
		InvoiceDate: '2017-03-05',
		InvoiceNumber: 20170001,
		EntryNumber: 20170001,
		YourRef: 'INV-1',
		TransactionType: 30,
		TransactionEntryID: 'e1',
		TransactionID: 'l1',
		Modified: '2017-04-04T18:00:00.247Z',
		Division: 4711,
		supplier,
		company,
		invoice: { AmountFC: 121, EntryDate: '2017-03-05' },
		...more,
	};
}
