import { addTexts } from "../../i18n/add-texts.ts";
import { logisticsEn } from "../../i18n/logistics-en.ts";
import { logisticsId } from "../../i18n/logistics-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ScreenViews } from "../../parts/views/screen-views.tsx";
import { useSearch } from "../../state/search.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import { logisticsSearch } from "./search.ts";
import { VIEWS } from "./views.ts";

addTexts("logistics", { id: logisticsId, en: logisticsEn });

/** Who runs out of what, when, and what is sent. */
export default function Logistik() {
	const { t } = useLanguage();
	const { onMap, select, failure, retry } = useSelectedArea();
	const [{ view }, change] = useSearch(logisticsSearch);
	return (
		<ScreenViews
			views={VIEWS}
			view={view}
			choose={(key) => change({ view: key })}
			label={t("logistics.views")}
			nameOf={(key) => t(`logistics.view.${key}`)}
			testId="logistics-views"
			given={onMap && { ...onMap, select }}
			failure={failure}
			retry={retry}
		/>
	);
}
