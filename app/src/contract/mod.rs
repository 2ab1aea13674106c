//! What crosses the wire, to the browser and over `/api/v1` alike. DTOs stop at the server's use cases.

mod account;
mod booking;
mod call;
mod call_rule;
mod campaign;
mod catalogue;
mod closure;
mod conflict;
mod considered;
mod desk;
mod details;
mod failure;
mod fairness;
mod faults;
pub mod field;
mod instant;
mod late;
mod notice;
mod occupancy;
mod offer;
mod organisation;
mod outage;
mod page;
mod plant_day;
mod query;
mod repair;
mod session;
mod setup;
pub mod setup_form;
mod terms;
mod waiting;

pub use account::{
    AccountChange, AccountView, MembershipView, PasswordChange, SessionView, TokenMade, TokenOrder, TokenView,
};
pub use booking::{
    AnswerOrder, AnswerView, BookingFilter, BookingView, CallName, CampaignName, CancelOrder, EventView,
    FeeQuote, FreedView, HoldOrder, MaterialsOrder, MoveOrder, MovedView, OperatorOrder, PlanView,
    QuestionView, Reason, ReviewOrder, SplitHeld, SplitOrder, SplitPartOrder, StepView,
};
pub use call::{
    AdjustOrder, AdjustmentView, CallFilter, CallLine, CallOrder, CallView, DecideOrder, DraftView,
    OtherDays, PointsOrder, PublishOrder, WishCounted, WishFirm, WishOrder, WishPlace, WishResult, WishView,
};
pub use call_rule::CallRule;
pub use campaign::{Opened, RequestDetails};
pub use catalogue::{OfferingView, PlatformView, TextView};
pub use closure::{CleaningView, ClosureAnswer, ClosureHit, ClosureOrder, ClosureView, ShorterClosure};
pub use conflict::{
    ConflictAnswer, ConflictCount, ConflictDesk, ConflictList, ConflictOrder, ConflictView, OptionView,
    OtherMoveView, SearchedView,
};
pub use considered::{ConsideredMove, ConsideredView, ConsideredWay};
pub use desk::{
    CheckOutcome, CheckView, ConflictsBrief, DeskCounts, DeskView, DownView, FlagView, FreeView, LineBoard,
    PieceView, RequestDesk, TroubleView,
};
pub use failure::{Failure, FieldProblem, LeftOut, RefusalView};
pub use fairness::{FairnessReport, FairnessView, PlatformFairness, SizeFairness};
pub use faults::{Complaints, Faults, FieldFault};
pub use instant::Instant;
pub use late::{LateLeavingView, LateStandingView, UseOrLoseView};
pub use notice::{NoticeFilter, NoticeView, ReadUntil};
pub use occupancy::{
    BusyView, CapabilityView, DemandReport, DemandView, FreeBusyView, FreeCapacityView, FreePart, LineTimes,
    LineView, OccupancyCell, OccupancyReport, Period, PlatformOccupancy, QuarterQuery, QuarterView, RowView,
    UnmetReason, UtilisationView, WeekCell, WeekView,
};
pub use offer::{
    InsteadView, LineRefusalView, NearestView, OfferQuery, OfferStepView, OfferView, SearchAnswer,
    SplitPartView, SplitView,
};
pub use organisation::{
    Acceptance, CompanyFilter, InnovationOrder, InnovationView, InvitationOrder, InvitationView, InvitedView,
    LinkView, MemberView, NewPassword, OrganisationView, ProfileChange, Registration, Rejection, ResetOrder,
    RoleChange, TurnedAwayView, VerificationView,
};
pub use outage::{OutageAnswer, OutageEnd, OutageOrder, OutageReach, OutageView};
pub use page::{Page, PageQuery};
pub use repair::{
    AskView, PartedView, ProposedView, RepairAnswer, RepairCostView, RepairOrder, RepairView, RoomView,
    SwapOrder, SwapView,
};
pub use session::{Credentials, OrganisationKind, Role, Standing, Viewer};
pub use setup::{
    CalendarSetup, FieldChange, FiguresSetup, LineSetup, MatrixSetup, PolicySetup, PoolSetup, RouteSetup,
    SetupChange, SetupHit, SetupPart, SetupPlan, SetupProblem, SetupView, StepSetup,
};
pub use setup_form::{SetupForm, SetupLook};
pub use terms::{ChargeView, FeeStepView, PlanOfferView, PlanTermsView, TermsView};
pub use waiting::{WaitFilter, WaitOrder, WaitView};
