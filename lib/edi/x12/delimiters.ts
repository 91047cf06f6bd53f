import { UNPICKED } from './prepare';
import type { X12Body } from './prepare';
import type { Delimiters, X12Profile } from './profile';

/** In order of preference, after the profile's own; control characters occur in no text of ours. */
const CANDIDATES = {
	element: '*|^!+\u001d',
	component: '>:<\\=\u001f',
	repetition: '^`{@\u001e',
	segment: "~'}\u001c",
} as const;

const ROLES = ['element', 'segment', 'component', 'repetition'] as const;

function usedCharacters(bodies: readonly X12Body[], profile: X12Profile): Set<string> {
	const used = new Uint8Array(128);
	const look = (text: string, own = ''): void => {
		for (let index = 0; index < text.length; index += 1) {
			const code = text.charCodeAt(index);
			if (code < 128 && !own.includes(text[index] ?? '')) used[code] = 1;
		}
	};
	// A body's own delimiters occur in none of its data.
	for (const { text, delimiters } of bodies) {
		look(text, delimiters.element + delimiters.component + delimiters.ending);
	}
	const { senderId, receiverId, senderApplicationId, receiverApplicationId, groupVersion } =
		profile;
	[senderId, receiverId, senderApplicationId, receiverApplicationId, groupVersion].forEach((text) =>
		look(text),
	);
	look(profile.authorizationInformation + profile.securityInformation);
	const characters = new Set<string>();
	used.forEach((mark, code) => {
		// Control characters are our own marks, not data.
		if (mark === 1 && code >= 0x20) characters.add(String.fromCharCode(code));
	});
	return characters;
}

/** The profile's delimiters, or others where they occur in the data and the profile picks. */
export function delimitersFor(bodies: readonly X12Body[], profile: X12Profile): Delimiters {
	const unpicked = bodies.some(({ delimiters }) => delimiters === UNPICKED);
	if (!profile.pickDelimiters && !unpicked) return profile.delimiters;
	const taken = usedCharacters(bodies, profile);
	const chosen: Record<(typeof ROLES)[number], string> = { ...profile.delimiters };
	for (const role of ROLES) {
		const candidates = [profile.delimiters[role], ...CANDIDATES[role]];
		const free = candidates.find((character) => !taken.has(character)) ?? '';
		// The last candidate is a control character, which no text of ours holds.
		chosen[role] = free;
		taken.add(free);
	}
	return chosen;
}
