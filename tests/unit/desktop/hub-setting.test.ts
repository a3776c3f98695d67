import { expect, test } from "vitest";
import { hubSetting } from "../../../main/desktop/hub-setting.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const key = Buffer.alloc(32, 7).toString("base64");

test("the environment of `npm start` comes before the administrator's file", () => {
	expect(
		hubSetting(
			{ BLC_HUB_URL: "http://127.0.0.1:9", BLC_HUB_KEY: key },
			bytes(`{"url":"http://127.0.0.1:8","publicKey":"${key}"}`),
		),
	).toEqual({ url: "http://127.0.0.1:9", publicKey: key });
});
test("the administrator's file is used when the environment says nothing", () => {
	expect(
		hubSetting({}, bytes(`{"url":"https://hub.example","publicKey":"${key}"}`)),
	).toEqual({ url: "https://hub.example", publicKey: key });
});
test("the mark that Notepad puts before a text is no part of the setting", () => {
	expect(
		hubSetting(
			{},
			bytes(`\uFEFF{"url":"https://hub.example","publicKey":"${key}"}\r\n`),
		),
	).toEqual({ url: "https://hub.example", publicKey: key });
});
test.each([
	[
		"UTF-16, as PowerShell writes it",
		Buffer.from("\uFEFF{}", "utf16le"),
		/UTF-16/,
	],
	[
		"a comma too many",
		bytes('{"url":"https://hub.example",}'),
		/hub\.json: found .*expected JSON/,
	],
	[
		"an address too many",
		bytes('{"url":"https://a.example","url":"https://b.example"}'),
		/"url" twice/,
	],
	[
		"half of it",
		bytes('{"url":"https://hub.example"}'),
		/hub\.json: publicKey: /,
	],
])(
	"of a hub.json that holds %s it is said what is wrong",
	(_, file, reason) => {
		expect(() => hubSetting({}, file)).toThrow(reason);
	},
);
test("no setting at all means no hub", () => {
	expect(hubSetting({}, undefined)).toBeNull();
});
test.each([
	[{ BLC_HUB_URL: "http://127.0.0.1:9" }, undefined],
	[{ BLC_HUB_KEY: key }, undefined],
	[{}, "{"],
	[{}, '{"url":"https://hub.example"}'],
	[{}, `{"url":"not an address","publicKey":"${key}"}`],
])('half a setting is an error, never "no hub": %j %j', (environment, file) => {
	expect(() =>
		hubSetting(environment, file === undefined ? file : bytes(file)),
	).toThrow();
});
