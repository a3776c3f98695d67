import path from "node:path";
import { expect, test } from "vitest";
import { isSameFolder } from "../../../hub/store/local-server.ts";

test("on Windows a second process knows the database of its folder, however PostgreSQL spells it", () => {
	const ours = "C:\\Users\\rina\\.blc-command\\hub\\postgres";
	const told = "c:/Users/rina/.blc-command/hub/postgres";
	expect(isSameFolder(told, ours, path.win32)).toBe(true);
	expect(isSameFolder(told.replace("rina", "budi"), ours, path.win32)).toBe(
		false,
	);
});
test("elsewhere capitals are other folders", () => {
	expect(isSameFolder("/data/Hub", "/data/hub", path.posix)).toBe(false);
	expect(isSameFolder("/data/hub/", "/data/hub", path.posix)).toBe(true);
});
