/** Lints texts as if they stood at their paths: a JSON list comes in, a list of messages goes out. */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const eslint = new ESLint();
const answers = [];
for (const { file, code } of JSON.parse(await text(process.stdin))) {
	const [result] = await eslint.lintText(code, { filePath: file });
	answers.push(result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
