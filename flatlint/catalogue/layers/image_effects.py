"""Image augmentation that came with Keras 3: colours, mixtures, distortions; no shape changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flatlint.catalogue.arguments import Anything
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.layers.image_augmentation import (
    Around,
    BaseFactor,
    Bits,
    EachShare,
    ElasticFillMode,
    FillMode,
    GreyShare,
    ImageAugmentation,
    Interpolation,
    OddSizes,
    OptionalShare,
    OptionalTurn,
    Scale,
    Share,
)
from flatlint.catalogue.layers.random_numbers import ValueRange
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import Shape


class RandomColorDegeneration(ImageAugmentation):
    """Takes some of the colour out of images.

    (None, 32, 24, 3) -> RandomColorDegeneration(0.2) -> (None, 32, 24, 3)
    (None, 32, 24, 1) -> RandomColorDegeneration(0.2) -> conflict: 3 channels
    (None, 10)        -> RandomColorDegeneration(0.2) -> conflict: rank
    """

    factor: Around
    value_range: ValueRange = (0, 255)

    def require_images(self, inputs: ShapeTree) -> None:
        """One image or a batch of them, in three colours."""
        images = inputs.get("images") if isinstance(inputs, Mapping) else inputs
        if isinstance(images, Sequence):
            self.refuse_list(images)
        if not isinstance(images, Shape):
            return
        if images.rank not in (3, 4):
            raise ShapeConflict(
                f"{self.keras_name} takes one image (rank 3) or a batch of them (rank 4), and "
                f"gets {images} of rank {images.rank}",
                "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
                f"Received: input_shape={images}",
            )
        axis = -3 if self.is_channels_first else -1
        if isinstance(images[axis], int) and images[axis] != 3:
            raise ShapeConflict(
                f"{self.keras_name} takes images of 3 channels, and {images} has {images[axis]}",
                "Input images must have 3 channels, but received images with "
                f"{images[axis]} channels.",
            )


class RandomHue(ImageAugmentation):
    """Turns colours into one another.

    (None, 32, 24, 3) -> RandomHue(0.2) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomHue(2)   -> conflict: range
    """

    factor: Share
    value_range: Anything = (0, 255)


class RandomSaturation(ImageAugmentation):
    """Makes colours stronger or weaker.

    (None, 32, 24, 3) -> RandomSaturation(0.2)      -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomSaturation(0.2, 255) -> conflict: pair
    """

    factor: Around
    value_range: ValueRange = (0, 255)


class RandomPosterization(ImageAugmentation):
    """Leaves fewer bits to each channel.

    (None, 32, 24, 3) -> RandomPosterization(4) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomPosterization(9) -> conflict: range
    """

    factor: Bits
    value_range: ValueRange = (0, 255)


class RandomSharpness(ImageAugmentation):
    """Makes edges harder or softer.

    (None, 32, 24, 3) -> RandomSharpness(0.2)  -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomSharpness(-0.2) -> conflict: range
    """

    factor: Share
    value_range: ValueRange = (0, 255)


class RandomShear(ImageAugmentation):
    """Slants images.

    (None, 32, 24, 3) -> RandomShear(0.2, 0.1) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomShear(-0.2)     -> conflict: range
    """

    x_factor: EachShare = 0.0
    y_factor: EachShare = 0.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"


class Solarization(ImageAugmentation):
    """Inverts what is lighter than a threshold.

    (None, 32, 24, 3) -> Solarization(0.2, 0.1) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> Solarization(0.2, -1)  -> conflict: range
    """

    addition_factor: EachShare = 0.0
    threshold_factor: EachShare = 0.0
    value_range: ValueRange = (0, 255)


class AugMix(ImageAugmentation):
    """Mixes several chains of effects.

    (None, 32, 24, 3) -> AugMix()           -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> AugMix(factor=1.5) -> conflict: range
    """

    value_range: ValueRange = (0, 255)
    factor: EachShare = 0.3
    interpolation: Interpolation = "bilinear"


class RandAugment(ImageAugmentation):
    """Applies a few effects out of many.

    (None, 32, 24, 3) -> RandAugment()           -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandAugment(factor=1.5) -> conflict: range
    """

    value_range: ValueRange = (0, 255)
    factor: EachShare = 0.5
    interpolation: Interpolation = "bilinear"


class CutMix(ImageAugmentation):
    """Puts a patch of one image into another.

    (None, 32, 24, 3) -> CutMix()    -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> CutMix(1.5) -> conflict: range
    """

    factor: Share = 1.0


class MixUp(ImageAugmentation):
    """Lays two images over one another.

    (None, 32, 24, 3) -> MixUp(0.3)      -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> MixUp(seed='a') -> conflict: integer
    """

    alpha: Anything = 0.2
    factor: BaseFactor = None


class RandomElasticTransform(ImageAugmentation):
    """Bends images.

    (None, 32, 24, 3) -> RandomElasticTransform()          -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomElasticTransform(scale=1.5) -> conflict: range
    """

    factor: Share = 1.0
    scale: Share = 1.0
    interpolation: Interpolation = "bilinear"
    fill_mode: ElasticFillMode = "reflect"


class RandomErasing(ImageAugmentation):
    """Covers a patch.

    (None, 32, 24, 3) -> RandomErasing()          -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomErasing(scale=1.5) -> conflict: range
    """

    factor: Share = 1.0
    scale: Share = (0.02, 0.33)


class RandomGaussianBlur(ImageAugmentation):
    """Blurs images.

    (None, 32, 24, 3) -> RandomGaussianBlur()              -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomGaussianBlur(kernel_size=4) -> conflict: odd
    """

    factor: Share = 1.0
    kernel_size: OddSizes = 3
    sigma: Share = 1.0


class RandomGrayscale(ImageAugmentation):
    """Makes some images grey.

    (None, 32, 24, 3) -> RandomGrayscale(0.2) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomGrayscale(1.2) -> conflict: from 0 to 1
    [(None, 32, 24, 3)] -> RandomGrayscale()  -> conflict: one tensor
    """

    factor: GreyShare = 0.5

    def require_images(self, inputs: ShapeTree) -> None:
        """One tensor."""
        if isinstance(inputs, Sequence):
            self.refuse_list(inputs)


class RandomInvert(ImageAugmentation):
    """Turns some images into their negative.

    (None, 32, 24, 3) -> RandomInvert(0.2) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomInvert(1.2) -> conflict: range
    """

    factor: Share = 1.0
    value_range: Anything = (0, 255)


class RandomPerspective(ImageAugmentation):
    """Tilts images.

    (None, 32, 24, 3) -> RandomPerspective()         -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomPerspective(scale=-1) -> conflict: from 0 to 1
    """

    factor: Share = 1.0
    scale: Scale = 1.0
    interpolation: Interpolation = "bilinear"


class AutoContrast(ImageAugmentation):
    """Stretches the values of an image over their whole range.

    (None, 32, 24, 3) -> AutoContrast()    -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> AutoContrast(255) -> conflict: pair
    """

    value_range: ValueRange = (0, 255)


class Equalization(ImageAugmentation):
    """Spreads the values of an image evenly.

    (None, 32, 24, 3) -> Equalization()    -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> Equalization(255) -> conflict: pair
    """

    value_range: ValueRange = (0, 255)
    bins: Anything = 256
    factor: BaseFactor = None


class ContrastLimitedAdaptiveHistogramEqualization(ImageAugmentation):
    """Spreads the values within tiles, with a limit to contrast.

    (None, 9, 9, 3) -> ContrastLimitedAdaptiveHistogramEqualization() -> (None, 9, 9, 3)
    (None, 9, 9, 3) -> ContrastLimitedAdaptiveHistogramEqualization(data_format=1) -> conflict: 1
    """

    value_range: Anything = (0, 255)
    clip_limit: Anything = 4.0
    factor: BaseFactor = None


class RandomColorJitter(ImageAugmentation):
    """Changes brightness, contrast, saturation and hue.

    (None, 32, 24, 3) -> RandomColorJitter(hue_factor=0.1) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomColorJitter(hue_factor=2)   -> conflict: range
    """

    value_range: Anything = (0, 255)
    brightness_factor: OptionalTurn = None
    contrast_factor: OptionalShare = None
    saturation_factor: OptionalTurn = None
    hue_factor: OptionalShare = None
    factor: BaseFactor = None
