import { addTexts } from "../../i18n/add-texts.ts";
import { epidemicEn } from "../../i18n/epidemic-en.ts";
import { epidemicId } from "../../i18n/epidemic-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ScreenViews } from "../../parts/views/screen-views.tsx";
import { useSearch } from "../../state/search.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import { epidemicSearch } from "./search.ts";
import { VIEWS } from "./views.ts";

addTexts("epidemic", { id: epidemicId, en: epidemicEn });

/** Whether it grows, how sure that is, and what comes. */
export default function Epidemi() {
	const { t } = useLanguage();
	const { onMap, select, failure, retry } = useSelectedArea();
	const [{ view }, change] = useSearch(epidemicSearch);
	return (
		<ScreenViews
			views={VIEWS}
			view={view}
			choose={(key) => change({ view: key })}
			label={t("epidemic.views")}
			nameOf={(key) => t(`epidemic.view.${key}`)}
			testId="epidemic-views"
			given={onMap && { ...onMap, select }}
			failure={failure}
			retry={retry}
		/>
	);
}
