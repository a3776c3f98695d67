import { expect, test } from "vitest";
import { hubSetting } from "../../../main/desktop/hub-setting.ts";

const key = Buffer.alloc(32, 7).toString("base64");

test("the environment of `npm start` comes before the administrator's file", () => {
	expect(
		hubSetting(
			{ BLC_HUB_URL: "http://127.0.0.1:9", BLC_HUB_KEY: key },
			`{"url":"http://127.0.0.1:8","publicKey":"${key}"}`,
		),
	).toEqual({ url: "http://127.0.0.1:9", publicKey: key });
});
test("the administrator's file is used when the environment says nothing", () => {
	expect(
		hubSetting({}, `{"url":"https://hub.example","publicKey":"${key}"}`),
	).toEqual({ url: "https://hub.example", publicKey: key });
});
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
	expect(() => hubSetting(environment, file)).toThrow();
});
