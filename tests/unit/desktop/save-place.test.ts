import { join } from "node:path";
import { expect, test } from "vitest";
import { savePlace } from "../../../main/desktop/save-place.ts";

test("a person who types another name in the dialog keeps the ending", () => {
	expect(savePlace("/home/rina", "tabel.csv")).toEqual({
		properties: ["showOverwriteConfirmation"],
		defaultPath: join("/home/rina", "tabel.csv"),
		filters: [{ name: "CSV", extensions: ["csv"] }],
	});
});
