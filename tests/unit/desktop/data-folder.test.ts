import { expect, test } from "vitest";
import { dataFolder } from "../../../main/desktop/data-folder.ts";

test("the desktop keeps its data where `npm start` has every host keep it, so that what waits there to be sent is found", () => {
	expect(
		dataFolder({ BLC_DATA: "/home/rina/.blc-command" }, "/home/rina/.config/x"),
	).toBe("/home/rina/.blc-command");
});

test("on Windows the replica stays on the machine and does not travel with the profile", () => {
	const environment = {
		APPDATA: "C:\\Users\\rina\\AppData\\Roaming",
		LOCALAPPDATA: "C:\\Users\\rina\\AppData\\Local",
	};
	expect(
		dataFolder(environment, "C:\\Users\\rina\\AppData\\Roaming\\blc-command"),
	).toBe("C:\\Users\\rina\\AppData\\Local\\blc-command");
	expect(dataFolder(environment, "D:\\blc")).toBe("D:\\blc");
});

test("elsewhere it is the folder Electron gives an application", () => {
	expect(dataFolder({}, "/home/rina/.config/blc-command")).toBe(
		"/home/rina/.config/blc-command",
	);
});
