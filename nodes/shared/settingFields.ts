import { EDIFACT_SETTINGS } from '../../lib/edi/edifact';
import { fieldsOf } from '../../lib/edi/partner';
import type { SettingField } from '../../lib/edi/partner';
import { X12_SETTINGS } from '../../lib/edi/x12';

const FIELDS = { x12: fieldsOf(X12_SETTINGS), edifact: fieldsOf(EDIFACT_SETTINGS) } as const;

/** The settings of a partner as fields of a form, for the node and for a partner directory. */
export function settingFields(standard: keyof typeof FIELDS): readonly SettingField[] {
	return FIELDS[standard];
}
