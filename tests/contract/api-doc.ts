/** docs/api.md, written from the table of the contract. `npm run api-doc` writes it; the contract test holds it to the table. */
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { COMMANDS, QUERIES } from "../../core/api/all.ts";
import {
	BYTES_HEADER,
	type Command,
	isBytes,
	type Query,
	SEQ_HEADER,
} from "../../core/api/route.ts";

export const API_DOC = "docs/api.md";

/** The whole text. */
export function apiDoc(): string {
	return `# What a screen may ask and order

Written from \`core/api/all.ts\` by \`npm run api-doc\`; change that, not this. Everything needs the session cookie of the server
(401 \`no-session\`) and comes from its own pages only (403). A refusal is \`{code, message}\`: 400 \`parameters\` with what was found and
what was expected, 401 \`no-person\` where somebody must have signed in, 403 \`not-allowed\` for another role or an area outside the person's
part of the country, 404, 503 before there is a replica. Answers of the dataset carry \`${SEQ_HEADER}\`, the publication they were read at;
raw bytes are described by JSON in \`${BYTES_HEADER}\`.

Days are \`YYYY-MM-DD\` in addresses and days since 1970-01-01 in answers; \`null\` is "not reported". A figure is computed once, in the
backend, and every route gives the same one: a screen never adds, subtracts or divides to state a number.

Beside the table: \`GET /api/events\` (server-sent events: \`state\`, \`change\` with the tables that changed, \`here\` with what of this
workstation did, \`progress\` with how far an answer is that this window waits for), \`GET /api/geography.topojson\`
(the boundaries as a file; with \`?province=\` those of its kecamatan), \`GET /api/basemap.topojson\` (the land around), \`GET /api/basemap.pmtiles\` (a file that was chosen, in ranges of bytes), \`GET /enter?token=\` (a one-time token for the cookie).

## Questions

| GET | asks with | answers | who | keeps to the person's area |
| --- | --- | --- | --- | --- |
${(Object.values(QUERIES) as Query[]).map(questionRow).join("\n")}

## Orders

\`POST /api/command\` with \`{id, name, basedOn, request}\`: 200 and the answer for what this workstation does itself, 202 and \`{id}\` for what
waits in its outbox until the hub has carried it out. Who ordered what the hub carries out, and why, stands in the audit trail.

| name | does | request | who | when the hub is away |
| --- | --- | --- | --- | --- |
${(Object.values(COMMANDS) as Command[]).map(orderRow).join("\n")}
`;
}

function questionRow({ path, about, role, keeps, request, answer }: Query) {
	const keeping = {
		open: "holds nothing of an area",
		area: "refused outside",
		narrowed: "left out",
	}[keeps];
	return row(
		`\`${path}\``,
		fields(request),
		`${about}${isBytes(answer) ? " (raw bytes)" : ""}`,
		who(role),
		keeping,
	);
}

function orderRow({ name, about, role, whenOffline, request }: Command) {
	const away = {
		wait: "waits",
		refuse: "refused",
		here: "carried out here",
	}[whenOffline];
	return row(`\`${name}\``, about, fields(request), who(role), away);
}

function row(...cells: string[]): string {
	return `| ${cells.join(" | ")} |`;
}

function fields(schema: z.ZodType): string {
	if (!(schema instanceof z.ZodObject)) return "";
	return Object.entries(schema.shape)
		.map(([name, field]) =>
			(field as z.ZodType).safeParse(undefined).success
				? `\`${name}\`?`
				: `\`${name}\``,
		)
		.join(", ");
}

function who(role: readonly string[] | "anyone"): string {
	return role === "anyone" ? "anyone" : role.join(", ");
}

if (process.argv.includes("--write")) writeFileSync(API_DOC, apiDoc());
