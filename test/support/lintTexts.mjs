/** Lints texts as if they stood at their paths: a JSON list comes in, a list of messages goes out. */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

/** What a probe of zones and doors does not need, and what takes the time: walks through the house. */
const WALKS = [
	'import-x/no-cycle',
	'walls/no-import-circle',
	'import-x/namespace',
	'import-x/named',
	'import-x/default',
	'import-x/export',
	'import-x/no-named-as-default',
];

const whole = new ESLint();
const zonesOnly = new ESLint({
	overrideConfig: { rules: Object.fromEntries(WALKS.map((rule) => [rule, 'off'])) },
});
const answers = [];
for (const { file, code, walks } of JSON.parse(await text(process.stdin))) {
	const [result] = await (walks ? whole : zonesOnly).lintText(code, { filePath: file });
	answers.push(result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
