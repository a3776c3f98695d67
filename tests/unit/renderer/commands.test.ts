import { expect, it } from "vitest";
import { SCREENS } from "../../../renderer/screens/all.ts";
import { knowsFigures } from "../../../renderer/shell/commands.ts";

it("the shell explains figures by itself only where what is shown is what it knows: Sebaran has its own period, and zones", () => {
	const explained = SCREENS.filter(({ time }) => time).filter(knowsFigures);
	expect(explained.map(({ key }) => key)).toEqual(["situasi"]);
});
