import type { MenuItemConstructorOptions } from "electron";
import { expect, test } from "vitest";
import {
	MENU,
	notSaved,
	STAY,
	UNSENT,
} from "../../../main/desktop/messages.ts";

test("Escape and Enter keep what was typed", () => {
	expect(UNSENT.cancelId).toBe(STAY);
	expect(UNSENT.defaultId).toBe(STAY);
	expect(UNSENT.buttons[STAY]).toContain("Tetap di sini");
});

test("the menu leads nowhere but to what a person does with a window", () => {
	const roles = (MENU as MenuItemConstructorOptions[]).flatMap(({ submenu }) =>
		(submenu as MenuItemConstructorOptions[]).map(
			({ role, type }) => role ?? type,
		),
	);
	for (const role of ["toggleDevTools", "forceReload", "help", "about"])
		expect(roles).not.toContain(role);
	expect(roles).toEqual(
		expect.arrayContaining(["paste", "reload", "zoomIn", "togglefullscreen"]),
	);
});

test.each(["EBUSY", "EPERM", "EACCES"])(
	"a file that Excel has open (%s) is said to be in use, by its name",
	(code) => {
		const error = Object.assign(new Error(`${code}: open`), { code });
		expect(notSaved(error, "D:\\laporan.csv")).toMatch(
			/^D:\\laporan\.csv sedang dibuka program lain .* is open in another program/,
		);
	},
);
