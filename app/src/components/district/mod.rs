//! What the district's overview is made of.

mod away;
mod chooser;
mod companies;
mod demand;
mod earlier;
mod fair;
mod figures;
mod forms;
mod free;
mod heat;
mod meter;
mod order;
mod platforms;
mod scores;
mod turn_away;
mod what;

pub use away::Away;
pub use chooser::QuarterChooser;
pub use companies::Companies;
pub use demand::Demand;
pub use fair::FairBySize;
pub use forms::ByForm;
pub use free::FreeCapacity;
pub use heat::{HeatCell, HeatMap};
pub use meter::Meter;
pub use platforms::ByPlatform;
pub use scores::Scores;
pub use what::What;
