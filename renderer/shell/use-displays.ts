import i18next, { type TFunction } from "i18next";
import { Minimize, Monitor } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Display } from "../../core/api/desktop.ts";
import { LANGUAGES } from "../../core/workspace/settings.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { displaysToFill, fillDisplay } from "../state/desktop.ts";
import type { Choice } from "./choice.ts";

/** The displays attached now, each to be filled with this window; none in a browser. */
export function useDisplays(): readonly Choice[] {
	const { t, format } = useLanguage();
	const [displays, setDisplays] = useState<readonly Display[]>([]);
	useEffect(() => {
		let over = false;
		displaysToFill().then(
			(found) => {
				if (!over) setDisplays(found);
			},
			() => {},
		);
		return () => {
			over = true;
		};
	}, []);
	return useMemo(() => {
		if (displays.length === 0) return [];
		const inBoth = (say: (t: TFunction) => string) =>
			LANGUAGES.map((language) => say(i18next.getFixedT(language)));
		return [
			...displays.map((display, at) => {
				const say = (t: TFunction) =>
					t("display.fill", {
						name: display.label || at + 1,
						width: format.number(display.width),
						height: format.number(display.height),
					});
				return {
					key: `display ${display.id}`,
					label: say(t),
					of: t(display.primary ? "display.primary" : "palette.command"),
					icon: Monitor,
					words: inBoth(say),
					act: () => void fillDisplay(display.id).catch(() => {}),
				};
			}),
			{
				key: "display none",
				label: t("display.leave"),
				of: t("palette.command"),
				icon: Minimize,
				words: inBoth((say) => say("display.leave")),
				act: () => void fillDisplay(null).catch(() => {}),
			},
		];
	}, [displays, t, format]);
}
