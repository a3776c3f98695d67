import { SegmentedControl } from "@mantine/core";
import i18next from "i18next";
import { useEffect } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { type Language, useView } from "../state/view-state.ts";

export function LanguageSwitch() {
	const { t, language } = useLanguage();
	const change = useView((view) => view.change);
	useEffect(() => {
		void i18next.changeLanguage(language);
		document.documentElement.lang = language;
	}, [language]);
	return (
		<SegmentedControl
			size="xs"
			aria-label={t("app.language")}
			data-testid="language"
			value={language}
			onChange={(value) => change({ language: value as Language })}
			data={[
				{ value: "id", label: "ID" },
				{ value: "en", label: "EN" },
			]}
		/>
	);
}
