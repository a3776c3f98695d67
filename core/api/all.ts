import {
	AlertDryRun,
	AlertEvidence,
	AlertRules,
	AlertsRaised,
	HandleAlert,
	SaveAlertRule,
} from "./alerts.ts";
import {
	Areas,
	DistrictGeography,
	Districts,
	Geography,
	Villages,
} from "./areas.ts";
import { Audit } from "./audit.ts";
import { Basemap } from "./basemap.ts";
import { SpreadCells } from "./cells.ts";
import {
	NameSource,
	OverrideValue,
	RestoreFile,
	Undo,
	WithdrawFile,
} from "./decisions.ts";
import { DemandOf } from "./demand.ts";
import { ConflictsOf, ReportingOf, SourceScoresOf } from "./desk.ts";
import {
	ChangeDevice,
	Devices,
	ListenOnLan,
	PairDevice,
	RevokeDevice,
	ThisDevice,
} from "./devices.ts";
import { StatedOf } from "./dictionary.ts";
import { DigestOf } from "./digest.ts";
import { Explain } from "./explain.ts";
import {
	Facilities,
	FacilityCube,
	FacilityExplain,
	FacilitySeriesOf,
	FacilityStates,
} from "./facilities.ts";
import { CubeOf, FiguresOf, Kpis, SeriesOf, TableOf } from "./figures.ts";
import {
	ChooseHub,
	Diagnostics,
	HubKeyId,
	Installation,
} from "./installation.ts";
import { ChangeItem, Items, RestoreItem } from "./items.ts";
import { LaboratoriesOf, SpecimenRoutesOf } from "./laboratories.ts";
import { FacilitySupplyOf, ShortageOf, StockFormulasOf } from "./logistics.ts";
import { MobilityOf } from "./mobility.ts";
import { NeedsOf } from "./needs.ts";
import { NowcastOf } from "./nowcast.ts";
import {
	ApproveOrder,
	CancelOrder,
	CloseOrder,
	DraftOrder,
	OrderOf,
	Orders,
	ReceiveOrder,
	SendOrder,
	TakeBackOrderStep,
} from "./orders.ts";
import { Outbox, RemoveFromOutbox } from "./outbox.ts";
import { PlanOf, PlanValuesOf } from "./plan.ts";
import { ProjectionOf, ProjectionScoresOf } from "./projection.ts";
import { ReferralOf } from "./referral.ts";
import {
	ApproveRelease,
	DiscardRelease,
	ReleasePreview,
	Releases,
	WithdrawRelease,
} from "./releases.ts";
import {
	ReproductionLinesOf,
	ReproductionOf,
	ReproductionOfAreas,
} from "./reproduction.ts";
import {
	ImportScenario,
	KeepScenario,
	RemoveScenario,
	ScenarioFileOf,
	ScenariosCompared,
	ScenariosKept,
	TakeBackScenarioChange,
} from "./scenarios.ts";
import { CurrentSession, SignIn, SignOut, TakeRole } from "./session.ts";
import {
	BackendTime,
	CurrentShow,
	OrderShow,
	TellBeat,
	TellReady,
	WallWindows,
} from "./show.ts";
import { FileOf, FreshnessOf, Quarantine } from "./sources.ts";
import {
	SpreadAreasApart,
	SpreadDifference,
	SpreadDifferenceSeries,
	SpreadOf,
	SpreadSeriesOf,
} from "./spread.ts";
import { FacilityStaffOf } from "./staff.ts";
import { CurrentState, RetrySync } from "./state.ts";
import {
	AcceptStock,
	HeldStock,
	RefuseStock,
	ReopenStock,
	StockLedger,
	StockOfFacility,
} from "./stock.ts";
import { SumExplain, SumOf } from "./sum.ts";
import {
	GivenTables,
	Mappings,
	SaveMapping,
	TablePreviewOf,
	TakeInTable,
} from "./tables.ts";
import {
	GridVersions,
	HoldOffTrigger,
	ImportScenes,
	KeepGrid,
	KeepPicture,
	KeepPlaylist,
	KeepScene,
	RaisedTriggers,
	RemoveGrid,
	RemovePlaylist,
	RemoveScene,
	SceneVersions,
	TakeBackWallChange,
	WallPicture,
	WallsOf,
} from "./walls.ts";
import {
	ChangeSettings,
	ChangeWorkspace,
	CurrentSettings,
	CurrentWorkspace,
	ImportSettings,
	SettingsExport,
	TakeBackImport,
} from "./workspace.ts";
import { ZoneCourseOf, ZoneHistoryOf, ZonesOf } from "./zones.ts";

/**
 * Contract 2 whole: all that a screen may ask (GET on the path of each) and all that a person may order (POST /api/command with a
 * CommandMessage). docs/api.md is written from it.
 */
export const QUERIES = {
	areas: Areas,
	backendTime: BackendTime,
	audit: Audit,
	basemap: Basemap,
	conflicts: ConflictsOf,
	cube: CubeOf,
	demand: DemandOf,
	devices: Devices,
	diagnostics: Diagnostics,
	digest: DigestOf,
	districts: Districts,
	districtGeography: DistrictGeography,
	explain: Explain,
	facilities: Facilities,
	facilityCube: FacilityCube,
	facilityExplain: FacilityExplain,
	facilitySeries: FacilitySeriesOf,
	facilityStates: FacilityStates,
	facilityStaff: FacilityStaffOf,
	facilitySupply: FacilitySupplyOf,
	file: FileOf,
	figures: FiguresOf,
	freshness: FreshnessOf,
	geography: Geography,
	givenTables: GivenTables,
	releases: Releases,
	releasePreview: ReleasePreview,
	heldStock: HeldStock,
	items: Items,
	alertDryRun: AlertDryRun,
	alertEvidence: AlertEvidence,
	alertRules: AlertRules,
	alerts: AlertsRaised,
	hubKeyId: HubKeyId,
	installation: Installation,
	kpis: Kpis,
	laboratories: LaboratoriesOf,
	mappings: Mappings,
	mobility: MobilityOf,
	needs: NeedsOf,
	orderOf: OrderOf,
	nowcast: NowcastOf,
	orders: Orders,
	outbox: Outbox,
	plan: PlanOf,
	planValues: PlanValuesOf,
	quarantine: Quarantine,
	referral: ReferralOf,
	projection: ProjectionOf,
	projectionScores: ProjectionScoresOf,
	raisedTriggers: RaisedTriggers,
	reporting: ReportingOf,
	reproduction: ReproductionOf,
	reproductionAreas: ReproductionOfAreas,
	reproductionLines: ReproductionLinesOf,
	gridVersions: GridVersions,
	sceneVersions: SceneVersions,
	scenarioFile: ScenarioFileOf,
	scenarios: ScenariosKept,
	scenariosCompared: ScenariosCompared,
	series: SeriesOf,
	session: CurrentSession,
	settings: CurrentSettings,
	settingsExport: SettingsExport,
	sourceScores: SourceScoresOf,
	specimenRoutes: SpecimenRoutesOf,
	shortage: ShortageOf,
	show: CurrentShow,
	spread: SpreadOf,
	spreadAreasApart: SpreadAreasApart,
	spreadCells: SpreadCells,
	spreadDifference: SpreadDifference,
	spreadDifferenceSeries: SpreadDifferenceSeries,
	spreadSeries: SpreadSeriesOf,
	stated: StatedOf,
	state: CurrentState,
	stockLedger: StockLedger,
	stockOfFacility: StockOfFacility,
	stockFormulas: StockFormulasOf,
	sum: SumOf,
	sumExplain: SumExplain,
	table: TableOf,
	tablePreview: TablePreviewOf,
	thisDevice: ThisDevice,
	villages: Villages,
	wallPicture: WallPicture,
	walls: WallsOf,
	wallWindows: WallWindows,
	workspace: CurrentWorkspace,
	zoneCourse: ZoneCourseOf,
	zoneHistory: ZoneHistoryOf,
	zones: ZonesOf,
} as const;
export type Queries = typeof QUERIES;

export const COMMANDS = {
	approveOrder: ApproveOrder,
	approveRelease: ApproveRelease,
	discardRelease: DiscardRelease,
	withdrawRelease: WithdrawRelease,
	cancelOrder: CancelOrder,
	acceptStock: AcceptStock,
	handleAlert: HandleAlert,
	saveAlertRule: SaveAlertRule,
	changeItem: ChangeItem,
	changeDevice: ChangeDevice,
	changeSettings: ChangeSettings,
	changeWorkspace: ChangeWorkspace,
	closeOrder: CloseOrder,
	draftOrder: DraftOrder,
	chooseHub: ChooseHub,
	importScenario: ImportScenario,
	holdOffTrigger: HoldOffTrigger,
	importScenes: ImportScenes,
	importSettings: ImportSettings,
	keepGrid: KeepGrid,
	removeGrid: RemoveGrid,
	keepPicture: KeepPicture,
	keepPlaylist: KeepPlaylist,
	keepScenario: KeepScenario,
	keepScene: KeepScene,
	listenOnLan: ListenOnLan,
	nameSource: NameSource,
	orderShow: OrderShow,
	overrideValue: OverrideValue,
	pairDevice: PairDevice,
	receiveOrder: ReceiveOrder,
	refuseStock: RefuseStock,
	removeFromOutbox: RemoveFromOutbox,
	reopenStock: ReopenStock,
	removePlaylist: RemovePlaylist,
	removeScenario: RemoveScenario,
	removeScene: RemoveScene,
	restoreFile: RestoreFile,
	restoreItem: RestoreItem,
	revokeDevice: RevokeDevice,
	retrySync: RetrySync,
	saveMapping: SaveMapping,
	sendOrder: SendOrder,
	signIn: SignIn,
	signOut: SignOut,
	takeBackImport: TakeBackImport,
	takeInTable: TakeInTable,
	takeBackScenarioChange: TakeBackScenarioChange,
	takeBackWallChange: TakeBackWallChange,
	takeBackOrderStep: TakeBackOrderStep,
	takeRole: TakeRole,
	tellBeat: TellBeat,
	tellReady: TellReady,
	undo: Undo,
	withdrawFile: WithdrawFile,
} as const;
export type Commands = typeof COMMANDS;
